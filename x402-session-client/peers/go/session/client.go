package session

import (
	"context"
	"fmt"
	"math/big"

	x402 "github.com/x402-foundation/x402/go"
)

// Client is the session scheme for clients: it pays from an open session, only where the session's asset is to be paid to
// its recipient, for no more than MaxPerCall (base units).
type Client struct {
	Session    Session
	MaxPerCall int64
}

// Scheme is how a challenge names it.
func (Client) Scheme() string {
	return "session"
}

// CreatePaymentPayload agrees to an offer that fits.
func (c Client) CreatePaymentPayload(_ context.Context, offer x402.PaymentRequirements) (x402.PaymentPayload, error) {
	amount, ok := new(big.Int).SetString(offer.Amount, 10)
	if !ok || amount.Cmp(big.NewInt(c.MaxPerCall)) > 0 || offer.Asset != c.Session.Asset || offer.PayTo != c.Session.Recipient {
		return x402.PaymentPayload{}, fmt.Errorf("the session does not pay %s of %s to %s", offer.Amount, offer.Asset, offer.PayTo)
	}
	return x402.PaymentPayload{X402Version: 2, Payload: map[string]any{"sessionId": c.Session.ID}}, nil
}
