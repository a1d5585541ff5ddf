package page

import "syscall/js"

// Document gives the Write of a Mirror over the browser's document. Elements are looked up once.
func Document() func(Field) {
	document := js.Global().Get("document")
	known := map[string]js.Value{}
	return func(f Field) {
		element, ok := known[f.At]
		if !ok {
			element = document.Call("querySelector", f.At)
			known[f.At] = element
		}
		switch {
		case element.IsNull():
		case f.What == "":
			element.Set("textContent", f.Value)
		case f.What == "sheet":
			js.Global().Get("fivefold").Call("sheet", f.Value)
		case f.What[0] == '!':
			element.Call("toggleAttribute", f.What[1:], f.Value != "")
		default:
			element.Call("setAttribute", f.What, f.Value)
		}
	}
}
