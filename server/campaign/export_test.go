package campaign

// Orientation is orientation for tests.
var Orientation = orientation
