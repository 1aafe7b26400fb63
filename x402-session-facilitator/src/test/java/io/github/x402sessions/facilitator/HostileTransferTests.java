package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.AssetTypeNative;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Memo;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Payments of the exact scheme that break a rule of its specification, each signed anew
 * by who can sign it: refused by their reason at both endpoints, and no account of the
 * facilitator has anything to do with them.
 */
class HostileTransferTests {

	private static final String PAYLOAD = "invalid_exact_stellar_payload_";

	private static final int CHANNELS = 2;

	private static final long AMOUNT = 100_000;

	private static FacilitatorEnvironment environment;

	private static TestDatabase books;

	private static KeyPair payer;

	private static KeyPair thief;

	private static String otherContract;

	private static KeyPair channel;

	private static List<BigInteger> held;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open(Map.of("facilitator.channels", Integer.toString(CHANNELS)));
		books = environment.openDatabase();
		payer = environment.payer().key;
		thief = environment.payer().key;
		otherContract = environment.devnet.contractAccount(thief.getAccountId());
		channel = environment.channel(1);
		Eventually.isTrue(() -> count("channel where slot > 0") == CHANNELS);
		held = held();
	}

	@AfterAll
	static void close() {
		books.close();
		environment.close();
	}

	@Test
	void whatNobodyChangedIsValid() {
		Reply reply = environment.client.verify(payment(new ForgedTransfer(environment, payer, AMOUNT).transaction()));
		assertThat(reply.body().get("isValid").asBoolean()).as("%s", reply.body()).isTrue();
	}

	static Stream<Arguments> changes() {
		return Stream.of(change("wrong function", "wrong_function_name", (forged) -> forged.function = "approve"),
				change("function of another case", "wrong_function_name", (forged) -> forged.function = "Transfer"),
				change("transfer_from", "wrong_function_name", (forged) -> {
					forged.function = "transfer_from";
					forged.arguments.add(0, Scv.toAddress(payer.getAccountId()));
				}), change("four arguments", "wrong_function_name", (forged) -> forged.arguments.add(Scv.toVoid())),
				change("two arguments", "wrong_function_name", (forged) -> forged.arguments.remove(2)),
				change("a unit less", "wrong_amount", (forged) -> forged.arguments.set(2, amount(AMOUNT - 1))),
				change("a unit more", "wrong_amount", (forged) -> forged.arguments.set(2, amount(AMOUNT + 1))),
				change("less than nothing", "wrong_amount", (forged) -> forged.arguments.set(2, amount(-AMOUNT))),
				change("more than 64 bits", "wrong_amount",
						(forged) -> forged.arguments.set(2,
								Scv.toInt128(BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(AMOUNT))))),
				change("amount of another type", "wrong_amount",
						(forged) -> forged.arguments.set(2, Scv.toUint64(BigInteger.valueOf(AMOUNT)))),
				change("to the thief", "wrong_recipient", (forged) -> forged.arguments.set(1, address(thief))),
				change("to its payer", "wrong_recipient", (forged) -> forged.arguments.set(1, address(payer))),
				change("to the spender", "wrong_recipient",
						(forged) -> forged.arguments.set(1, address(environment.spender))),
				change("to no address", "wrong_recipient", (forged) -> forged.arguments.set(1, Scv.toVoid())),
				change("other asset", "wrong_asset", (forged) -> forged.contract = otherContract),
				change("the spender as source", "unsafe_tx_or_op_source",
						(forged) -> forged.source = environment.spender.getAccountId()),
				change("a channel as source", "unsafe_tx_or_op_source",
						(forged) -> forged.source = channel.getAccountId()),
				change("the spender as source of the payer's call", "unsafe_tx_or_op_source", (forged) -> {
					forged.source = environment.spender.getAccountId();
					forged.operationSource = payer.getAccountId();
				}),
				change("the spender as the call's source", "unsafe_tx_or_op_source",
						(forged) -> forged.operationSource = environment.spender.getAccountId()),
				change("a channel as the call's source", "unsafe_tx_or_op_source",
						(forged) -> forged.operationSource = channel.getAccountId()),
				change("the spender pays", "facilitator_is_payer",
						(forged) -> forged.arguments.set(0, address(environment.spender))),
				change("a channel pays", "facilitator_is_payer", (forged) -> forged.arguments.set(0, address(channel))),
				change("the spender authorises", "facilitator_in_auth",
						(forged) -> forged.signer = environment.spender),
				change("a channel authorises", "facilitator_in_auth", (forged) -> forged.signer = channel),
				change("no authorisation", "no_auth_entries", (forged) -> forged.signed = false),
				change("the source authorises", "unsupported_credential_type", (forged) -> {
					forged.source = payer.getAccountId();
					forged.signed = false;
					forged.entries.add(forged.entryOfTheSource());
				}), change("unsigned", "missing_payer_signature", (forged) -> {
					forged.signed = false;
					forged.entries.add(forged.entry(payer));
					forged.entries.get(0).getCredentials().getAddress().setSignature(Scv.toVoid());
				}), change("signed by the thief", "missing_payer_signature", (forged) -> forged.signer = thief),
				change("signed by the thief for the payer, of whose keys the chain knows", "simulation_failed",
						(forged) -> {
							forged.signed = false;
							forged.entries.add(forged.entry(thief));
							forged.entries.get(0)
								.getCredentials()
								.getAddress()
								.setAddress(new ForgedTransfer(environment, payer, AMOUNT).entry(payer)
									.getCredentials()
									.getAddress()
									.getAddress());
						}),
				change("another call is signed", "missing_payer_signature", (forged) -> {
					forged.signed = false;
					forged.entries.add(new ForgedTransfer(environment, payer, AMOUNT - 1).entry(payer));
				}), change("the last ledger is not the one that is signed", "missing_payer_signature", (forged) -> {
					forged.signed = false;
					forged.entries.add(forged.entry(payer));
					forged.entries.get(0)
						.getCredentials()
						.getAddress()
						.setSignatureExpirationLedger(Scv.toUint32(forged.lastLedger + 1).getU32());
				}),
				change("two authorisations", "unexpected_pending_signatures",
						(forged) -> forged.entries.add(forged.entry(thief))),
				change("the same one twice", "unexpected_pending_signatures",
						(forged) -> forged.entries.add(forged.entry(payer))),
				change("a call below", "has_subinvocations",
						(forged) -> forged.below.add(new ForgedTransfer(environment, payer, AMOUNT).invocation())),
				change("a second call", "wrong_operation", (forged) -> forged.more.add(forged.operation())),
				change("a payment of lumens beside it", "wrong_operation", (forged) -> forged.more
					.add(new PaymentOperation.Builder(thief.getAccountId(), new AssetTypeNative(), "1").build())),
				change("a memo", "malformed", (forged) -> forged.memo = Memo.text("hello")),
				change("a fee bump", "malformed", (forged) -> forged.bumper = thief),
				change("a fee bump by the spender", "malformed", (forged) -> forged.bumper = environment.spender),
				change("expired", "simulation_failed",
						(forged) -> forged.lastLedger = environment.devnet.latestLedger() - 1),
				arguments("too far", "invalid_exact_stellar_signature_expiration_too_far", (Consumer<ForgedTransfer>) (
						forged) -> forged.lastLedger = environment.devnet.latestLedger() + 10_000));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void changedPaymentIsRefused(String what, String reason, Consumer<ForgedTransfer> change) {
		ForgedTransfer forged = new ForgedTransfer(environment, payer, AMOUNT);
		change.accept(forged);
		assertRefused(payment(forged.transaction()), reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAA", "not base64", "AAAAAgAAAAA=" })
	void whatIsNoTransactionIsMalformed(String transaction) {
		assertRefused(payment(transaction), PAYLOAD + "malformed");
	}

	@Test
	void truncatedAndLengthenedTransactionsAreNeverTaken() {
		byte[] whole = Base64.getDecoder().decode(new ForgedTransfer(environment, payer, AMOUNT).transaction());
		for (int length = 0; length < whole.length / 2; length += 20) {
			byte[] part = Arrays.copyOf(whole, length);
			Reply reply = environment.client.verify(payment(Base64.getEncoder().encodeToString(part)));
			assertThat(reply.text("invalidReason")).as("%s bytes", length).startsWith(PAYLOAD);
		}
		assertRefused(payment("A".repeat(33_000)), PAYLOAD + "malformed");
		assertNothingSent();
	}

	static Stream<Arguments> terms() {
		return Stream.of(arguments(Map.of("payTo", environment.spender.getAccountId()), "recipient_mismatch"),
				arguments(Map.of("payTo", channel.getAccountId()), "recipient_mismatch"),
				arguments(Map.of("asset", otherContract), "asset_mismatch"),
				arguments(Map.of("network", "stellar:pubnet"), "network_mismatch"),
				arguments(Map.of("amount", "0"), "invalid_amount"),
				arguments(Map.of("amount", "9223372036854775808"), "invalid_amount"),
				arguments(Map.of("extra", Map.of("areFeesSponsored", false)), "invalid_payment_requirements"),
				arguments(Map.of("maxTimeoutSeconds", 5), "invalid_exact_stellar_signature_expiration_too_far"));
	}

	@ParameterizedTest
	@MethodSource("terms")
	void otherTermsAreRefused(Map<String, Object> changed, String reason) {
		assertRefused(ExactTransfers.payment(environment, new ForgedTransfer(environment, payer, AMOUNT).transaction(),
				changed), reason);
	}

	@Test
	void payerHasToHaveAcceptedTheSchemeAndTheNetwork() {
		Map<String, Object> payload = Map.of("transaction",
				new ForgedTransfer(environment, payer, AMOUNT).transaction());
		Map<String, Object> asked = ExactTransfers.terms(environment, Map.of());
		assertRefused(
				ExactTransfers.payment(ExactTransfers.terms(environment, Map.of("scheme", "session")), asked, payload),
				"unsupported_scheme");
		assertRefused(ExactTransfers.payment(ExactTransfers.terms(environment, Map.of("network", "stellar:pubnet")),
				asked, payload), "network_mismatch");
		assertRefused(ExactTransfers.payment(asked, asked, Map.of("transaction", 7)), PAYLOAD + "malformed");
		assertRefused(ExactTransfers.payment(asked, asked, Map.of()), PAYLOAD + "malformed");
	}

	private static Arguments change(String what, String reason, Consumer<ForgedTransfer> change) {
		return arguments(what, PAYLOAD + reason, change);
	}

	private static SCVal amount(long amount) {
		return Scv.toInt128(BigInteger.valueOf(amount));
	}

	private static SCVal address(KeyPair key) {
		return Scv.toAddress(key.getAccountId());
	}

	private static Map<String, Object> payment(String transaction) {
		return ExactTransfers.payment(environment, transaction, Map.of());
	}

	private static void assertRefused(Map<String, Object> payment, String reason) {
		Reply verified = environment.client.verify(payment);
		assertThat(verified.status()).as("%s", verified.body()).isEqualTo(200);
		assertThat(verified.body().get("isValid").asBoolean()).isFalse();
		assertThat(verified.text("invalidReason")).isEqualTo(reason);
		Reply settled = environment.client.settle(payment);
		assertThat(settled.body().get("success").asBoolean()).isFalse();
		assertThat(settled.text("errorReason")).isEqualTo(reason);
		assertNothingSent();
	}

	private static void assertNothingSent() {
		assertThat(count("settlement")).isZero();
		assertThat(count("chain_transaction")).isZero();
		assertThat(held()).isEqualTo(held);
		assertThat(environment.usdc(payer)).isEqualTo(1_000_000_000);
	}

	/** The lumens of the accounts that could have been made to pay. */
	private static List<BigInteger> held() {
		List<BigInteger> lumens = new ArrayList<>();
		lumens.add(environment.lumens(environment.spender));
		for (int slot = 1; slot <= CHANNELS; slot++) {
			lumens.add(environment.lumens(environment.channel(slot)));
		}
		return lumens;
	}

	private static long count(String rows) {
		return books.jdbc().sql("select count(*) from " + rows).query(Long.class).single();
	}

}
