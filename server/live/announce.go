package live

import "context"

// channel is where servers tell each other that campaigns have changed. It carries no epoch:
// to look once too often does no harm.
const channel = "ff:campaigns"

// Announce tells all servers that a campaign has changed, so that they look at once. Best
// effort: they look by themselves too. Code: unavailable.
func (l *Live) Announce(ctx context.Context) error {
	return unavailable("announce", l.redis.Publish(ctx, channel, "changed").Err())
}

// Announced gives a channel that has something in it after campaigns have changed, until ctx
// ends; it is never closed. Announcements that nobody has taken yet become one. After a
// connection was lost and made anew there is one too, for what may have been missed.
func (l *Live) Announced(ctx context.Context) <-chan struct{} {
	changed := make(chan struct{}, 1)
	subscription := l.redis.Subscribe(ctx, channel)
	go func() {
		defer subscription.Close()
		messages := subscription.ChannelWithSubscriptions()
		for {
			select {
			case <-ctx.Done():
				return
			case _, open := <-messages:
				if !open {
					return
				}
			}
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	return changed
}
