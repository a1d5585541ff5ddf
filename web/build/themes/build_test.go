package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fivefold/fivefold/server/theme"
)

// The same sources give the same bytes, so that what nobody changed keeps its hashed name.
func TestPicturesAreDeterministic(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("needs Node")
	}
	if _, err := os.Stat(filepath.Join(root, "web/node_modules/sharp")); err != nil {
		t.Skip("needs the packages of web/: npm ci --prefix web")
	}
	const script = `
		import { atlas } from './web/build/art.mjs';
		import { readFileSync } from 'node:fs';
		import { createHash } from 'node:crypto';
		const read = (name) => readFileSync('assets/art/' + name + '.svg', 'utf8').replace(/var\([^)]*\)/g, '#a1181b');
		const { at, image } = await atlas({ coin: read('coin'), lantern: read('lantern'), tassel: read('tassel') });
		console.log(JSON.stringify(at), createHash('sha256').update(image).digest('hex'));`
	draw := func() []byte {
		cmd := exec.Command("node", "--input-type=module", "-e", script)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "FIVEFOLD_ART_CACHE="+t.TempDir())
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first, second := draw(), draw()
	if len(first) < 64 || !bytes.Equal(first, second) {
		t.Errorf("drawn twice:\n%s%s", first, second)
	}
}

func TestRunPrintsTheThemes(t *testing.T) {
	t.Chdir("../../..")
	var out bytes.Buffer
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	var all []theme.Theme
	if err := json.Unmarshal(out.Bytes(), &all); err != nil || len(all) < 2 {
		t.Fatalf("%d themes, %v", len(all), err)
	}
}
