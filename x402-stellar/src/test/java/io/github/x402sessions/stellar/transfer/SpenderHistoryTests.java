package io.github.x402sessions.stellar.transfer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.EventPage;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transfers on a devnet, and what the ledger tells of them afterwards.
 */
class SpenderHistoryTests {

	private static final DevnetChain CHAIN = new DevnetChain();

	private final AccountKey spender = CHAIN.account();

	private final AccountKey payer = CHAIN.holder(10);

	private final AccountKey shop = CHAIN.holder(0);

	private final Parties parties = new Parties(CHAIN.asset, this.payer.address(), this.shop.address());

	private final Transfers transfers = new Transfers(CHAIN.rpc, CHAIN.ledger, DevnetChain.PASSPHRASE, this.spender,
			new FeePolicy(CHAIN.rpc, 100_000));

	private final TransferReadinessReader readiness = new TransferReadinessReader(CHAIN.rpc, CHAIN.ledger);

	private final SpenderHistory history = new SpenderHistory(CHAIN.rpc, new TransferReader(), List.of(CHAIN.asset),
			this.spender.address(), DevnetChain.PASSPHRASE);

	@AfterAll
	static void close() {
		CHAIN.close();
	}

	@Test
	void transferOfTheSpenderIsFoundByThePayersThatApproved() {
		long from = this.history.range().latest();
		CHAIN.approve(this.payer, this.spender.address(), 500);
		Transfer transfer = transfer(300);
		SignedTransaction signed = sign(transfer);
		TransactionLookup landed = CHAIN.land(signed.hash(), signed.envelope());
		List<String> payers = new ArrayList<>();
		assertThat(this.history.payers(from, (asset, payer) -> payers.add(payer))).isEqualTo(landed.ledger());
		assertThat(payers).containsExactly(this.payer.address());
		assertThat(this.history.touched(CHAIN.asset, payers, from))
			.isEqualTo(new TouchedAllowances(Set.of(this.payer.address()), Set.of(), landed.ledger()));
		List<EventPage.Event> events = new ArrayList<>();
		this.history.transactions(CHAIN.asset, from, payers, events::add);
		assertThat(events).extracting(EventPage.Event::transaction).containsExactly(signed.hash());
		assertThat(this.history.transfer(events.get(0)))
			.isEqualTo(new SpenderTransfer(signed.hash(), landed.ledger(), transfer));
	}

	@Test
	void allowanceThatIsGoneIsToldApart() {
		TouchedAllowances touched = this.history.touched(CHAIN.asset, List.of(this.payer.address()), 1);
		assertThat(touched.gone()).containsExactly(this.payer.address());
		assertThat(touched.written()).isEmpty();
	}

	@Test
	void readinessTellsWhatTheChainWouldSay() {
		assertThat(ready().refusal(BigInteger.ONE)).isEqualTo(TransferFailure.ALLOWANCE);
		CHAIN.approve(this.payer, this.spender.address(), 1_000_000_000);
		assertThat(ready().refusal(BigInteger.ONE)).isNull();
		assertThat(this.transfers.diagnose(transfer(1))).isNull();
		assertThat(ready().refusal(BigInteger.valueOf(100_000_001))).isEqualTo(TransferFailure.BALANCE);
		assertThat(this.transfers.diagnose(transfer(100_000_001))).isEqualTo(TransferFailure.BALANCE);
		String stranger = CHAIN.account().address();
		Parties untrusting = new Parties(CHAIN.asset, this.payer.address(), stranger);
		assertThat(readiness(untrusting).refusal(BigInteger.ONE)).isEqualTo(TransferFailure.TRUSTLINE);
	}

	@Test
	void whatIsHeldIsReadFromTheEntryOfItsKind() {
		long ledger = CHAIN.devnet.latestLedger();
		assertThat(this.readiness.holding(CHAIN.asset, this.payer.address(), ledger)).extracting(Balance::spendable)
			.isEqualTo(BigInteger.valueOf(100_000_000));
		assertThat(this.readiness.holding(CHAIN.asset, this.payer.address(), ledger + 5)).as("the node lags").isNull();
		String issuer = CHAIN.devnet.usdcIssuer();
		assertThat(this.readiness.holding(CHAIN.asset, issuer, ledger)).isEqualTo(Balance.unlimited());
		assertThat(this.readiness.isIssuer(CHAIN.asset, issuer)).isTrue();
		assertThat(this.readiness.isIssuer(CHAIN.asset, this.payer.address())).isFalse();
		String contract = CHAIN.devnet.contractAccount(this.payer.address());
		assertThat(this.readiness.holding(CHAIN.asset, contract, ledger)).isEqualTo(Balance.ofNewContract());
		CHAIN.devnet.faucet(contract, BigDecimal.ONE);
		assertThat(this.readiness.holding(CHAIN.asset, contract, ledger)).extracting(Balance::spendable)
			.isEqualTo(BigInteger.valueOf(10_000_000));
		Map<String, BigInteger> lumens = this.readiness
			.lumens(List.of(this.payer.address(), AccountKey.random().address()));
		assertThat(lumens).containsOnlyKeys(this.payer.address());
		assertThat(lumens.get(this.payer.address())).isPositive();
	}

	private TransferReadiness ready() {
		return readiness(this.parties);
	}

	private Transfer transfer(long amount) {
		return new Transfer(CHAIN.asset, this.payer.address(), this.shop.address(), BigInteger.valueOf(amount));
	}

	private SignedTransaction sign(Transfer transfer) {
		return this.transfers.sign(transfer, this.spender, CHAIN.sequence(this.spender) + 1, CHAIN.soon(),
				CHAIN.devnet.latestLedger() + 100);
	}

	private TransferReadiness readiness(Parties parties) {
		SpenderParties pair = new SpenderParties(this.spender.address(), parties);
		return this.readiness.read(List.of(pair)).get(pair);
	}

}
