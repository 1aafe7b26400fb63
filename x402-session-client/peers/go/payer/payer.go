// Package payer is what payers of a devnet have in common.
package payer

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/url"
	"regexp"
	"strconv"

	"github.com/stellar/go-stellar-sdk/keypair"
	x402 "github.com/x402-foundation/x402/go"
	"x402-sessions/peers/session"
)

var transactionHash = regexp.MustCompile("^[0-9a-f]{64}$")

// Payer has a session that is worth two calls.
type Payer struct {
	Price   int64
	offer   x402.PaymentRequirements
	address string
	session session.Session
}

// New opens a session of a new account that pays two calls of an offer.
func New(ctx context.Context, offer x402.PaymentRequirements, facilitatorURL, rpcURL string) Payer {
	account := keypair.MustRandom()
	for _, path := range []string{"/friendbot?addr=" + account.Address(), "/faucet?addr=" + account.Address() + "&amount=1"} {
		funded := Must(http.Get(Must(Must(url.Parse(rpcURL)).Parse(path)).String()))
		Require(funded.StatusCode == http.StatusOK, path, string(Must(io.ReadAll(funded.Body))))
		funded.Body.Close()
	}
	price := Must(strconv.ParseInt(offer.Amount, 10, 64))
	opened := Must(session.Open(ctx, account, session.Terms{
		FacilitatorURL: facilitatorURL,
		RPCURL:         rpcURL,
		Asset:          session.USDC,
		Recipient:      offer.PayTo,
		Cap:            2 * price,
		Ledgers:        720,
	}))
	return Payer{price, offer, account.Address(), opened}
}

// Paying is a client of the SDK that pays from the session, up to a limit a call (base units).
func (p Payer) Paying(maxPerCall int64) *x402.X402Client {
	return x402.Newx402Client().Register(session.Network, session.Client{Session: p.session, MaxPerCall: maxPerCall})
}

// RequireReceipt ends the programme unless a receipt says that a call was paid.
func (p Payer) RequireReceipt(receipt *x402.SettleResponse) {
	Require(receipt != nil && receipt.Success && receipt.Amount == p.offer.Amount && receipt.Payer == p.address &&
		transactionHash.MatchString(receipt.Transaction), "the receipt", receipt)
}

// Must returns the value or ends the programme.
func Must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// Require ends the programme unless something holds.
func Require(holds bool, what string, instead any) {
	if !holds {
		log.Fatalf("%s: %+v", what, instead)
	}
}
