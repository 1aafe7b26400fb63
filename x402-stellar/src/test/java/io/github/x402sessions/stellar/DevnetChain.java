package io.github.x402sessions.stellar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.SimulatedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.DelegatingRpc;
import io.github.x402sessions.stellar.rpc.FailoverRpc;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.MonotonicRpc;
import io.github.x402sessions.stellar.rpc.OwnNetworkRpc;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.Submission;
import io.github.x402sessions.stellar.rpc.TransactionLookup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A devnet whose ledgers close when they are told to, as the types of this module see it.
 */
public final class DevnetChain implements AutoCloseable {

	public static final Network NETWORK = Network.STELLAR_TESTNET;

	public static final String PASSPHRASE = NETWORK.passphrase();

	public final StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ZERO).start();

	public final StellarRpc rpc = new MonotonicRpc(
			new FailoverRpc(List.of(new OwnNetworkRpc(node(), PASSPHRASE), node()), Duration.ofMinutes(1)));

	public final LedgerState ledger = new LedgerState(this.rpc, PASSPHRASE);

	public final String asset = this.devnet.usdcContract();

	private StellarRpc node() {
		return new HttpStellarRpc(this.devnet.rpcUri(), Duration.ofSeconds(10));
	}

	/** Return the chain's node, but for what it says of simulations. */
	public StellarRpc simulating(UnaryOperator<Simulation> lie) {
		return new DelegatingRpc() {

			@Override
			protected <T> T ask(Function<StellarRpc, T> question) {
				return question.apply(DevnetChain.this.rpc);
			}

			@Override
			public Simulation simulate(String envelope) {
				return lie.apply(DevnetChain.this.rpc.simulate(envelope));
			}

		};
	}

	/** Open an account. */
	public AccountKey account() {
		AccountKey account = AccountKey.random();
		this.devnet.fund(account.address());
		return account;
	}

	/** Open an account with some USDC, or with the trustline alone. */
	public AccountKey holder(long usdc) {
		AccountKey holder = account();
		this.devnet.faucet(holder.address(), BigDecimal.valueOf(usdc));
		return holder;
	}

	/** Let somebody spend, for 1000 ledgers. */
	public SignedApproval approve(AccountKey payer, String spender, long amount) {
		ApprovalTerms terms = new ApprovalTerms(payer.address(), spender, this.asset, BigInteger.valueOf(amount), 1000,
				0);
		UnsignedApproval unsigned = SimulatedApproval.of(this.rpc, terms, this.devnet.latestLedger() + 1000,
				sequence(payer), soon(), 10_000, NETWORK);
		SignedApproval signed = unsigned.signed(payer.sign(unsigned.hash()));
		land(signed.hash(), signed.envelope());
		return signed;
	}

	/** Return the sequence number of an account's last transaction. */
	public long sequence(AccountKey account) {
		return this.ledger.account(account.address()).orElseThrow().sequence();
	}

	/** Return a time by which a transaction has landed, Unix seconds. */
	public long soon() {
		return Instant.now().getEpochSecond() + 300;
	}

	/** Send a transaction and close the ledger that takes it. */
	public TransactionLookup land(String hash, String envelope) {
		assertThat(this.rpc.send(envelope).status()).isEqualTo(Submission.Status.PENDING);
		this.devnet.closeLedger();
		TransactionLookup landed = this.rpc.transaction(hash);
		assertThat(landed.status()).isEqualTo(TransactionLookup.Status.SUCCESS);
		return landed;
	}

	@Override
	public void close() {
		this.devnet.close();
	}

}
