// Package admin serves the pages of the staff under /admin: campaigns, their odds and
// versions, live figures, switches, and in development the developer's controls. The
// templates, the style and the sentences are in web/admin.
//
// A page decodes what was typed, calls one use case and encodes; it reads the book by a
// small interface of its own. It must not import the book, Redis or the player's API.
//
// What browser tests may hold on to:
//
//	every page      #language #who #logout #done (what the last change did) #main
//	log-in          #login-name #login-password #login (the button) #login-wrong #resumed
//	list            #campaigns tr[data-slug=SLUG]  #new-campaign
//	create          #create: slug name-zh name-en card-1-zh card-1-en card-1-code .. card-5-code
//	                time-zone opens-at closes-at rounds window-seconds chances taps-per-second
//	                pool-amount pool-currency pool-split (equal, random) pool-floor pool-cap
//	                pool-overflow-zh pool-overflow-en
//	                rules-zh rules-en, the odds as below, #create-campaign (the button)
//	odds            #odds: odds-1 .. odds-5 odds-wildcard odds-miss (read only, computed)
//	                stock-1-total stock-1-out .. stock-wildcard-out guarantee-every
//	                guarantee-1 .. guarantee-wildcard guarantee-sum comment
//	                #save #conflict #read-only #from-older
//	refused forms   #problems, and under each input #ID-wrong
//	overview        #live [data-state] #progress #now #figure-players #figure-draws
//	                #figure-wins #figure-redemptions #figure-share #figure-sold-out
//	                #issued tr[data-line=1|..|5|wildcard] .issued .total .released .taken
//	                #switch-shaking #switch-redemption [data-paused]
//	versions        #versions li[data-version=N][data-standing=draft|coming|governs|past]
//	                #publish-N .from
//	publish         #changes #governs-from #publish (the button) #refused
//	in dev          #dev-skip-window #dev-close #dev-seal #dev-settle on a campaign's page,
//	                section[data-dev=SLUG] button[data-act=ACT] and #dev-reset on /admin/dev
//
// Names and ids of inputs are the same. All forms are plain POSTs. A script may log in by
// POST /admin/login with JSON {login, password}, keep the cookie, and drive the developer's
// controls by POST /admin/dev/campaigns/SLUG/skip-window, close, seal, settle and
// POST /admin/dev/reset with Content-Type: application/json; it is answered {now, state}.
package admin
