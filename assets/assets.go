// Package assets embeds what ships with Fivefold beside its code: sample campaigns and evenings, art.
package assets

import "embed"

// Campaigns holds the sample campaigns, campaigns/*.yaml.
//
//go:embed campaigns/*.yaml
var Campaigns embed.FS

// Evenings holds the evenings that can be planned by name, evenings/*.yaml.
//
//go:embed evenings/*.yaml
var Evenings embed.FS
