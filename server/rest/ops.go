package rest

import (
	_ "embed"
	"errors"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

//go:embed openapi.yaml
var openAPI []byte

func getOpenAPI(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml", openAPI)
}

// RegisterOps puts health, readiness and metrics on an Echo, which may be one of an operator's
// port.
func (s *Server) RegisterOps(e *echo.Echo) {
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", s.getReady)
	e.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(s.Registry, promhttp.HandlerOpts{})))
}

func (s *Server) getReady(c echo.Context) error {
	if err := s.Ready(c.Request().Context()); err != nil {
		return c.String(http.StatusServiceUnavailable, err.Error()+"\n")
	}
	return c.String(http.StatusOK, "ready\n")
}

// measure gives what counts the requests of a route and their time, by answer.
func (s *Server) measure() func(route string) echo.MiddlewareFunc {
	requests := promauto.With(s.Registry).NewHistogramVec(prometheus.HistogramOpts{
		Name:    "fivefold_request_seconds",
		Help:    "Time from a request to its answer.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
	}, []string{"route", "status"})
	problems := promauto.With(s.Registry).NewCounterVec(prometheus.CounterOpts{
		Name: "fivefold_problems_total",
		Help: "Requests that were answered with a problem, by its code.",
	}, []string{"code"})
	return func(route string) echo.MiddlewareFunc {
		observe := byStatus(requests.MustCurryWith(prometheus.Labels{"route": route}))
		return func(next echo.HandlerFunc) echo.HandlerFunc {
			return func(c echo.Context) error {
				begun := time.Now()
				err := next(c)
				status := c.Response().Status
				if err != nil {
					e := coded(err)
					status = Statuses[e.Code]
					problems.WithLabelValues(string(e.Code)).Inc()
				}
				observe(status, time.Since(begun))
				return err
			}
		}
	}
}

// byStatus observes times by status. It looks the observer of a status up once, for to find it by
// its labels takes longer than to observe.
func byStatus(times prometheus.ObserverVec) func(status int, took time.Duration) {
	var known [600]atomic.Pointer[prometheus.Observer]
	return func(status int, took time.Duration) {
		observer := known[status].Load()
		if observer == nil {
			found := times.WithLabelValues(strconv.Itoa(status))
			observer = &found
			known[status].Store(observer)
		}
		(*observer).Observe(took.Seconds())
	}
}

var errNoSnapshot = errors.New("no campaign snapshot yet")

// ReadySnapshot says nil once a snapshot has been taken.
func ReadySnapshot(campaigns interface{ At() time.Time }) error {
	if campaigns.At().IsZero() {
		return errNoSnapshot
	}
	return nil
}
