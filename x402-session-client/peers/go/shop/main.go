// Command shop is a server of net/http behind the middleware of the Go SDK of x402. Its arguments are a port, the
// facilitator and the account that is paid.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"

	x402 "github.com/x402-foundation/x402/go"
	x402http "github.com/x402-foundation/x402/go/http"
	"github.com/x402-foundation/x402/go/http/nethttp"
	"x402-sessions/peers/session"
)

func main() {
	port, facilitatorURL, payTo := os.Args[1], os.Args[2], os.Args[3]
	routes := x402http.RoutesConfig{"GET /quote": {
		Accepts: x402http.PaymentOptions{{
			Scheme:            "session",
			Network:           session.Network,
			Price:             x402.AssetAmount{Amount: "100000", Asset: session.USDC},
			PayTo:             payTo,
			MaxTimeoutSeconds: 300,
		}},
		Description: "A line to think about",
		MimeType:    "application/json",
	}}
	paid := nethttp.X402Payment(nethttp.Config{
		Routes:      routes,
		Facilitator: x402http.NewHTTPFacilitatorClient(&x402http.FacilitatorConfig{URL: facilitatorURL}),
		Schemes:     []nethttp.SchemeConfig{{Network: session.Network, Server: session.Server{FacilitatorURL: facilitatorURL}}},
	})
	shop := http.NewServeMux()
	shop.HandleFunc("GET /quote", func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("Content-Type", "application/json")
		fmt.Fprint(answer, `{"line":"A penny saved is a penny earned."}`)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("READY")
	log.Fatal(http.Serve(listener, paid(shop)))
}
