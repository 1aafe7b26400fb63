module x402-sessions/devnet-walk

go 1.25

require github.com/stellar/go-stellar-sdk v0.7.3
