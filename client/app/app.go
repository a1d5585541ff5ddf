package app

import (
	"context"
	"sync"
	"time"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// App is the game. The exported fields are set before Run and not changed after.
type App struct {
	API    *backend.Client
	Slug   string // of the campaign; "": the first that can be played
	Local  func() time.Time
	Jitter func() float64 // in [0, 1)
	Page   page.Mirror
	Play   func(sound.Cue)
	Wake   func()                             // asks for a frame
	Wear   func(theme string)                 // dresses the game in a theme, soon
	Hang   func(art map[game.ArtPlace]string) // shows the campaign's own pictures, soon
	Rename func(sprite.Names)                 // draws the cards' names anew
	Label  func(n int, text string)           // writes a text on the n-th label of prizes
	Reload func()                             // loads the page anew
	Found  func(slug string)                  // told of the campaign where none was asked for

	mu    sync.Mutex // of all that follows; held by Run and by frames
	World scene.World

	inbox  chan func()
	once   sync.Once
	asking int // requests under way

	lang   words.Lang
	clock  clock
	hidden bool
	status status
	hinted string // the hint that the status last gave way to

	theme    string        // that was asked for last
	doc      *api.Campaign // nil until it came
	album    api.Album     // the latest known, which the scenes may still be showing the way to
	known    bool          // the player's own state has come
	redeemed *api.Redemption
	payout   *api.Payout
	pacer    motion.Pacer
	sensor   motion.Sensor
	drag     motion.Drag
	dragging bool
	hand     hand
	labels   labels
	prizes   []api.Entry // that the player has won, as far as this page knows, by their numbers
	before   int64       // the album's number when this page first saw it
	misses   int
	early    int   // taps made before the game could take them
	shown    int64 // the number of the album that the page shows

	fetching   bool // the public document is asked for
	failures   int  // of it in a row
	nextPoll   time.Time
	refreshing bool // the player's own state is asked for
	nextMe     time.Time
	redeeming  bool
	gaveUp     string // a trouble that only the player's retry ends

	sheets sheets
}

// tick is how often time passes where nothing else happens.
const tick = 100 * time.Millisecond

// Run plays until the context ends.
func (a *App) Run(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	a.Do(func() { a.start(ctx) })
	for {
		select {
		case <-ctx.Done():
			return
		case f := <-a.box():
			a.handle(ctx, f)
		case <-ticker.C:
			a.handle(ctx, nil)
		}
	}
}

func (a *App) box() chan func() {
	a.once.Do(func() { a.inbox = make(chan func(), 1024) })
	return a.inbox
}

// Do has something done by Run, soon. It never blocks, so that a callback of the browser may call it;
// when the game is hopelessly behind, what comes is dropped.
func (a *App) Do(f func()) {
	select {
	case a.box() <- f:
	default:
	}
}

// handle does one thing and what follows from it.
func (a *App) handle(ctx context.Context, f func()) {
	a.mu.Lock()
	if f != nil {
		f()
	}
	a.follow(ctx)
	a.sound() // what a tap sounds like does not wait for its frame
	wake := a.World.Waits()
	a.mu.Unlock()
	if wake {
		a.Wake()
	}
}

// follow does what is due at this moment.
func (a *App) follow(ctx context.Context) {
	now := a.clock.at(a.Local())
	a.poll(ctx)
	a.recall()
	a.readUp(ctx)
	a.roll(now)
	a.catchUp()
	a.send(ctx, now)
	a.stage(now)
	a.Page.Show(a.view(now))
}

// Frame moves the scenes on by dt seconds and says whether there is something new to draw.
func (a *App) Frame(dt float64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	moved := a.World.Step(dt)
	a.sound()
	if len(a.World.Events) > 0 {
		for _, e := range a.World.Events {
			a.happened(e)
		}
		a.World.Events = a.World.Events[:0]
		now := a.clock.at(a.Local())
		a.stage(now)
		a.Page.Show(a.view(now))
	}
	return moved
}

// sound plays what is to be heard.
func (a *App) sound() {
	for _, c := range a.World.Cues {
		a.Play(c)
	}
	a.World.Cues = a.World.Cues[:0]
}

// Draw lays the scenes into a batch.
func (a *App) Draw(b *sprite.Batch) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.World.Draw(b)
}

// ask does some work that may take its time, and then applies what it gives.
func (a *App) ask(ctx context.Context, work func(context.Context) (apply func())) {
	a.asking++
	go func() {
		apply := work(ctx)
		a.box() <- func() {
			a.asking--
			apply()
		}
	}()
}
