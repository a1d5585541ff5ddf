package forecast

// DiligentBy is for players of any number of windows a day.
var DiligentBy = diligent
