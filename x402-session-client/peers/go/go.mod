module x402-sessions/peers

go 1.25

require (
	github.com/modelcontextprotocol/go-sdk v1.3.1
	github.com/stellar/go-stellar-sdk v0.7.3
	github.com/x402-foundation/x402/go v0.0.0-20260529172747-45d81d46e5bd
)
