// Package assets embeds what ships with Fivefold beside its code: sample campaigns, art.
package assets

import "embed"

// Campaigns holds the sample campaigns, campaigns/*.yaml.
//
//go:embed campaigns/*.yaml
var Campaigns embed.FS
