// Package admin carries the admin page inside the binary: its templates, its style and
// scripts, and its sentences in English and Chinese.
//
// server/admin renders it. It imports nothing of Fivefold.
package admin
