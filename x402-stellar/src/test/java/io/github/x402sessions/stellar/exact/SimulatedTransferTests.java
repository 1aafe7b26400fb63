package io.github.x402sessions.stellar.exact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.TransferFailsException;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.ContractEventType;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.LedgerFootprint;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanTransactionData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Payers that sign in other ways than an account's first form, and nodes that tell of
 * something else than the transfer: nothing is signed then.
 */
class SimulatedTransferTests {

	private static DevnetChain chain;

	private static AccountKey shop;

	private static AccountKey ours;

	private static AccountKey other;

	@BeforeAll
	static void start() {
		chain = new DevnetChain();
		shop = chain.holder(0);
		ours = chain.account();
		other = chain.account();
	}

	@AfterAll
	static void stop() {
		chain.close();
	}

	@Test
	void credentialsThatNameTheirAddressPay() {
		AccountKey payer = chain.holder(1);
		ForgedTransfer sent = sent(payer, payer.address());
		sent.credentials = 2;
		sent.preimage = 2;
		assertLands(sent, payer.address());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void contractPays(int credentials) {
		AccountKey owner = chain.account();
		String wallet = chain.devnet.contractAccount(owner.address());
		chain.devnet.faucet(wallet, BigDecimal.ONE);
		ForgedTransfer sent = sent(owner, wallet);
		sent.credentials = credentials;
		sent.preimage = credentials;
		assertLands(sent, wallet);
	}

	@Test
	void contractThatDoesNotConsentIsRefused() {
		String wallet = chain.devnet.contractAccount(other.address());
		chain.devnet.faucet(wallet, BigDecimal.ONE);
		SignedTransfer signed = read(sent(chain.account(), wallet));
		refused(ExactRefusal.SIMULATION_FAILED, () -> transfers(chain.rpc).check(signed));
	}

	@Test
	void issuerIsNotPaid() {
		AccountKey payer = chain.holder(1);
		String issuer = chain.devnet.usdcIssuer();
		ForgedTransfer sent = new ForgedTransfer(payer, payer.address(), chain.asset, issuer, 7,
				chain.devnet.latestLedger() + 10, DevnetChain.PASSPHRASE);
		SignedTransfer signed = reader().read(sent.text(),
				new ExactTerms(chain.asset, issuer, BigInteger.valueOf(7), 60));
		refused(ExactRefusal.EVENT_NOT_TRANSFER, () -> transfers(chain.rpc).check(signed));
	}

	@Test
	void payerOrRecipientWithoutTrustlineIsRefused() {
		SignedTransfer poor = read(sent(other, other.address()));
		refused(ExactRefusal.SIMULATION_FAILED, () -> transfers(chain.rpc).check(poor));
		AccountKey payer = chain.holder(1);
		ForgedTransfer sent = new ForgedTransfer(payer, payer.address(), chain.asset, other.address(), 7,
				chain.devnet.latestLedger() + 10, DevnetChain.PASSPHRASE);
		SignedTransfer signed = reader().read(sent.text(),
				new ExactTerms(chain.asset, other.address(), BigInteger.valueOf(7), 60));
		refused(ExactRefusal.SIMULATION_FAILED, () -> transfers(chain.rpc).check(signed));
	}

	@ParameterizedTest
	@CsvSource({ "none, NO_TRANSFER_EVENTS", "two, MULTIPLE_TRANSFERS", "mint, EVENT_NOT_TRANSFER",
			"asset, EVENT_WRONG_ASSET", "from, EVENT_WRONG_FROM", "to, EVENT_WRONG_TO", "amount, EVENT_WRONG_AMOUNT",
			"void, EVENT_WRONG_AMOUNT", "topics, EVENT_NOT_TRANSFER" })
	void nodeThatTellsOfSomethingElseGetsNothingSigned(String lie, ExactRefusal refusal) {
		AccountKey payer = chain.holder(1);
		SignedTransfer signed = read(sent(payer, payer.address()));
		StellarRpc liar = chain.simulating((told) -> new Simulation(told.transactionData(), told.minResourceFee(), null,
				told.ledger(), told.returned(), told.authorisations(), lied(lie, transferEvent(told))));
		transfers(chain.rpc).check(signed);
		refused(refusal, () -> transfers(liar).check(signed));
		assertThatExceptionOfType(TransferFailsException.class).isThrownBy(() -> sign(liar, signed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "footprint", "negative", "garbage", "giant", "event" })
	void nodeThatCannotBeRightGetsNothingSigned(String lie) {
		AccountKey payer = chain.holder(1);
		SignedTransfer signed = read(sent(payer, payer.address()));
		StellarRpc liar = chain.simulating((told) -> {
			String data = switch (lie) {
				case "footprint" -> withForeignEntry(told.transactionData());
				case "garbage" -> "AAAA";
				case "giant" -> "A".repeat(1 << 20);
				default -> told.transactionData();
			};
			return new Simulation(data, lie.equals("negative") ? -1 : told.minResourceFee(), null, told.ledger(),
					told.returned(), told.authorisations(), lie.equals("event") ? List.of("AAAA") : told.events());
		});
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> transfers(liar).check(signed));
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> sign(liar, signed));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1_000_000, Long.MAX_VALUE, Long.MAX_VALUE / 100 })
	void nodeThatAsksForMoreThanTheCeilingGetsNothingSigned(long fee) {
		AccountKey payer = chain.holder(1);
		SignedTransfer signed = read(sent(payer, payer.address()));
		StellarRpc liar = chain.simulating((told) -> new Simulation(told.transactionData(), fee, null, told.ledger(),
				told.returned(), told.authorisations(), told.events()));
		refused(ExactRefusal.FEE_EXCEEDS_MAXIMUM, () -> transfers(liar).check(signed));
		assertThatExceptionOfType(TransferFailsException.class).isThrownBy(() -> sign(liar, signed));
	}

	private static List<String> lied(String lie, String event) {
		return switch (lie) {
			case "none" -> List.of();
			case "two" -> List.of(event, event);
			case "mint" -> List.of(changed(event, (told) -> topic(told, 0, Scv.toSymbol("mint"))));
			case "asset" -> List.of(changed(event, (told) -> told.setContractID(new Hash(new byte[32]))));
			case "from" -> List.of(changed(event, (told) -> topic(told, 1, Scv.toAddress(other.address()))));
			case "to" -> List.of(changed(event, (told) -> topic(told, 2, Scv.toAddress(other.address()))));
			case "amount" -> List.of(changed(event, (told) -> data(told, Scv.toInt128(BigInteger.valueOf(8)))));
			case "void" -> List.of(changed(event, (told) -> data(told, Scv.toVoid())));
			default -> List.of(changed(event,
					(told) -> told.getBody().getV0().setTopics(new SCVal[] { Scv.toSymbol("transfer") })));
		};
	}

	private static void topic(ContractEvent event, int place, SCVal value) {
		event.getBody().getV0().getTopics()[place] = value;
	}

	private static void data(ContractEvent event, SCVal value) {
		event.getBody().getV0().setData(value);
	}

	private static String transferEvent(Simulation told) {
		return told.events()
			.stream()
			.filter((event) -> event(event).getEvent().getType() == ContractEventType.CONTRACT)
			.findFirst()
			.orElseThrow();
	}

	private static String changed(String event, Consumer<ContractEvent> change) {
		DiagnosticEvent read = event(event);
		change.accept(read.getEvent());
		return ForgedTransfer.base64(WireBytes.of(read::toXdrByteArray));
	}

	private static DiagnosticEvent event(String event) {
		try {
			return DiagnosticEvent.fromXdrBase64(event);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withForeignEntry(String data) {
		try {
			SorobanTransactionData read = SorobanTransactionData.fromXdrBase64(data);
			LedgerFootprint footprint = read.getResources().getFootprint();
			List<LedgerKey> written = new ArrayList<>(List.of(footprint.getReadWrite()));
			written.add(LedgerKeys.balance(chain.asset, chain.asset));
			footprint.setReadWrite(written.toArray(new LedgerKey[0]));
			return read.toXdrBase64();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertLands(ForgedTransfer sent, String payer) {
		BigInteger before = chain.devnet.usdcBalance(shop.address());
		SignedTransfer signed = read(sent);
		transfers(chain.rpc).check(signed);
		SignedTransaction made = sign(chain.rpc, signed);
		chain.land(made.hash(), made.envelope());
		assertThat(chain.devnet.usdcBalance(shop.address()).subtract(before)).isEqualTo(7);
		assertThat(chain.devnet.usdcBalance(payer)).isEqualTo(9_999_993);
		refused(ExactRefusal.SIMULATION_FAILED, () -> transfers(chain.rpc).check(signed));
	}

	private static SignedTransaction sign(StellarRpc rpc, SignedTransfer signed) {
		TransferMethod method = transfers(rpc).method(signed);
		return method.sign(signed.transfer(), ours, chain.sequence(ours) + 1, chain.soon(), signed.lastLedger());
	}

	private static ForgedTransfer sent(AccountKey signer, String payer) {
		return new ForgedTransfer(signer, payer, chain.asset, shop.address(), 7, chain.devnet.latestLedger() + 10,
				DevnetChain.PASSPHRASE);
	}

	private static SignedTransfer read(ForgedTransfer sent) {
		return reader().read(sent.text(), new ExactTerms(chain.asset, shop.address(), BigInteger.valueOf(7), 60));
	}

	private static SignedTransferReader reader() {
		return new SignedTransferReader(DevnetChain.PASSPHRASE, ours.address()::equals);
	}

	private static AuthorisedTransfers transfers(StellarRpc rpc) {
		return new AuthorisedTransfers(rpc, chain.ledger, DevnetChain.PASSPHRASE, ours.address(),
				new FeePolicy(chain.rpc, 10_000), 1_000_000);
	}

	private static void refused(ExactRefusal refusal, Runnable run) {
		assertThatExceptionOfType(ExactRefusedException.class).isThrownBy(run::run)
			.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(refusal));
	}

}
