// Package theme reads how a campaign looks and sounds: the folders of assets/themes, which a designer
// may copy and change. What is wrong with one is said by the name of its field.
//
// The build of the pages reads them by it (web/build/themes), the server for their names alone. It must
// not import the use cases, and knows no SVG, page or game.
package theme
