package session

import (
	"context"
	"fmt"

	x402 "github.com/x402-foundation/x402/go"
)

// Server is the session scheme for servers.
type Server struct {
	FacilitatorURL string
}

// Scheme is how a challenge names it.
func (Server) Scheme() string {
	return "session"
}

// ParsePrice takes amounts of an asset only.
func (Server) ParsePrice(price x402.Price, _ x402.Network) (x402.AssetAmount, error) {
	amount, ok := price.(x402.AssetAmount)
	if !ok {
		return x402.AssetAmount{}, fmt.Errorf("%v is no amount of an asset", price)
	}
	return amount, nil
}

// EnhancePaymentRequirements puts what the facilitator says in /supported into the challenge.
func (s Server) EnhancePaymentRequirements(_ context.Context, requirements x402.PaymentRequirements,
	supported x402.SupportedKind, _ []string) (x402.PaymentRequirements, error) {
	extra := map[string]any{"facilitatorUrl": s.FacilitatorURL}
	for _, part := range []map[string]any{requirements.Extra, supported.Extra} {
		for name, value := range part {
			extra[name] = value
		}
	}
	requirements.Extra = extra
	return requirements, nil
}
