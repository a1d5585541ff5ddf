// Package assets embeds what ships with Fivefold beside its code: sample campaigns and evenings, art.
package assets

import "embed"

// Campaigns holds the sample campaigns, campaigns/*.yaml.
//
//go:embed campaigns/*.yaml
var Campaigns embed.FS

// Templates holds what new campaigns may begin with, templates/*.yaml and campaigns/*.yaml.
//
//go:embed templates/*.yaml campaigns/*.yaml
var Templates embed.FS

// Themes holds what themes are called and made of, themes/*/theme.yaml; their pictures are for the build.
//
//go:embed themes/*/theme.yaml
var Themes embed.FS

// Evenings holds the evenings that can be planned by name, evenings/*.yaml.
//
//go:embed evenings/*.yaml
var Evenings embed.FS
