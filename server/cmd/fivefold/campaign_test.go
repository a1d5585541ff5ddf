package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A campaign lives in git: what goes out comes in again, into the same and into another installation.
func TestCampaignFiles(t *testing.T) {
	c := testConfig(t)
	file := filepath.Join(t.TempDir(), "spring.yaml")
	into := func(c config, i importing) string {
		t.Helper()
		var out bytes.Buffer
		i.file = file
		if err := importCampaign(t.Context(), c, &out, i); err != nil {
			return err.Error()
		}
		return out.String()
	}
	export := func(c config, slug string, number int) string {
		t.Helper()
		var out bytes.Buffer
		if err := exportCampaign(t.Context(), c, &out, slug, number); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sample, err := os.ReadFile("../../../assets/campaigns/spring.yaml")
	if err != nil {
		t.Fatal(err)
	}
	write(string(sample))
	for _, step := range []struct {
		do   importing
		want string
	}{
		{importing{trial: true}, "would have made the draft spring with version 1\n"},
		{importing{}, "made the draft spring with version 1\n"},
		{importing{slug: "autumn"}, "made the draft autumn with version 1\n"},
		{importing{slug: "No Slug"}, "spring.yaml:3: slug must be of the form"},
		{importing{as: "nobody"}, "--as nobody"},
	} {
		if got := into(c, step.do); !strings.Contains(got, step.want) {
			t.Errorf("%+v: %q, want %q", step.do, got, step.want)
		}
	}
	first := export(c, "spring", 0)
	write(first)
	if got := into(c, importing{}); got != "spring is just so already; nothing was changed\n" {
		t.Errorf("%q", got)
	}
	elsewhere := testConfig(t)
	if got := into(elsewhere, importing{}); got != "made the draft spring with version 1\n" {
		t.Errorf("%q", got)
	}
	if got := export(elsewhere, "spring", 1); got != first {
		t.Errorf("elsewhere it is\n%s, not\n%s", got, first)
	}
	write(strings.NewReplacer("theme: spring", "theme: moon", "every: 12", "every: 6").Replace(first))
	want := "changed theme of spring\nsaved version 2 of spring, which is not published\n"
	if got := into(c, importing{}); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	write(strings.Replace(first, "every: 12", "every: 0", 1))
	if got := into(c, importing{}); !strings.Contains(got, "guarantee.every must be within 2..256") {
		t.Errorf("%q", got)
	}
}
