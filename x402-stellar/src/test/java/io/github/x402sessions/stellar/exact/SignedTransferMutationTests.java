package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.x402sessions.stellar.exact.ForgedTransfer.address;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.amount;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.base64;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.bytes;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.field;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.key;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.muxed;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.signatures;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.signed;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.text;
import static io.github.x402sessions.stellar.exact.ForgedTransfer.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A valid payment with one thing changed is refused, each by its reason, or is the same
 * payment.
 */
class SignedTransferMutationTests {

	private static final byte[] OTHER_CONTRACT = bytes(1).bytes(new byte[32]).toBytes();

	private static DevnetChain chain;

	private static AccountKey payer;

	private static AccountKey shop;

	private static AccountKey ours;

	private static AccountKey other;

	@BeforeAll
	static void start() {
		chain = new DevnetChain();
		payer = chain.holder(1);
		shop = chain.holder(0);
		ours = chain.account();
		other = chain.account();
	}

	@AfterAll
	static void stop() {
		chain.close();
	}

	static Stream<Arguments> mutations() {
		List<Arguments> all = new ArrayList<>();
		ofEnvelopes(all);
		ofCalls(all);
		ofEntries(all);
		ofSignatures(all);
		return all.stream();
	}

	private static void ofEnvelopes(List<Arguments> all) {
		add(all, "V0 envelope", ExactRefusal.MALFORMED, (it) -> it.type = 0);
		add(all, "fee bump", ExactRefusal.MALFORMED, (it) -> {
			it.source = bytes(0).bytes(key(other.address())).number(0L).number(2).bytes(it.source).toBytes();
			it.type = 5;
		});
		add(all, "unknown envelope", ExactRefusal.MALFORMED, (it) -> it.type = 99);
		add(all, "memo text", ExactRefusal.MALFORMED, (it) -> it.memo = bytes(1).bytes(text("tea")).toBytes());
		add(all, "memo id", ExactRefusal.MALFORMED, (it) -> it.memo = bytes(2).number(1L).toBytes());
		add(all, "memo hash", ExactRefusal.MALFORMED, (it) -> it.memo = bytes(3).bytes(new byte[32]).toBytes());
		add(all, "memo return", ExactRefusal.MALFORMED, (it) -> it.memo = bytes(4).bytes(new byte[32]).toBytes());
		add(all, "extra signer", ExactRefusal.MALFORMED,
				(it) -> it.preconditions = preconditions(bytes(1).number(0).bytes(key(other.address())).toBytes()));
		add(all, "giant extra signers", ExactRefusal.MALFORMED,
				(it) -> it.preconditions = preconditions(bytes(Integer.MAX_VALUE).toBytes()));
		add(all, "unknown preconditions", ExactRefusal.MALFORMED, (it) -> it.preconditions = bytes(3).toBytes());
		add(all, "source of an unknown kind", ExactRefusal.MALFORMED,
				(it) -> it.source = bytes(1).bytes(new byte[32]).toBytes());
		add(all, "our account as source", ExactRefusal.UNSAFE_SOURCE,
				(it) -> it.source = bytes(0).bytes(key(ours.address())).toBytes());
		add(all, "our shared account as source", ExactRefusal.UNSAFE_SOURCE, (it) -> it.source = muxed(ours.address()));
		add(all, "our account as operation's source", ExactRefusal.UNSAFE_SOURCE,
				(it) -> it.operationSource = bytes(1).number(0).bytes(key(ours.address())).toBytes());
		add(all, "our shared account as operation's source", ExactRefusal.UNSAFE_SOURCE,
				(it) -> it.operationSource = bytes(1).bytes(muxed(ours.address())).toBytes());
		add(all, "no operation", ExactRefusal.WRONG_OPERATION, (it) -> it.operations = 0);
		add(all, "second operation", ExactRefusal.WRONG_OPERATION, (it) -> it.operations = 2);
		add(all, "giant number of operations", ExactRefusal.WRONG_OPERATION, (it) -> it.operations = Integer.MAX_VALUE);
		add(all, "payment operation", ExactRefusal.WRONG_OPERATION, (it) -> it.operationType = 1);
		add(all, "extension of a life", ExactRefusal.WRONG_OPERATION, (it) -> it.operationType = 25);
		add(all, "restoration", ExactRefusal.WRONG_OPERATION, (it) -> it.operationType = 26);
		add(all, "create contract", ExactRefusal.WRONG_OPERATION, (it) -> it.hostFunction = 1);
		add(all, "upload code", ExactRefusal.WRONG_OPERATION, (it) -> it.hostFunction = 2);
		add(all, "create contract with arguments", ExactRefusal.WRONG_OPERATION, (it) -> it.hostFunction = 3);
	}

	private static void ofCalls(List<Arguments> all) {
		add(all, "other asset", ExactRefusal.WRONG_ASSET, (it) -> it.contract = OTHER_CONTRACT);
		add(all, "account as asset", ExactRefusal.WRONG_ASSET, (it) -> it.contract = address(other.address()));
		add(all, "asset of an unknown kind", ExactRefusal.MALFORMED,
				(it) -> it.contract = bytes(9).bytes(new byte[32]).toBytes());
		for (String name : List.of("transfer_from", "approve", "burn", "Transfer", "transfe", "")) {
			add(all, "function '" + name + "'", ExactRefusal.WRONG_FUNCTION_NAME, (it) -> it.function = text(name));
		}
		add(all, "giant function", ExactRefusal.MALFORMED,
				(it) -> it.function = bytes(Integer.MAX_VALUE).bytes(text("transfer")).toBytes());
		add(all, "two arguments", ExactRefusal.WRONG_FUNCTION_NAME, (it) -> it.arguments = it.arguments.subList(0, 2));
		add(all, "four arguments", ExactRefusal.WRONG_FUNCTION_NAME,
				(it) -> it.arguments = Stream.concat(it.arguments.stream(), Stream.of(bytes(1).toBytes())).toList());
		add(all, "from us", ExactRefusal.FACILITATOR_IS_PAYER, argument(0, () -> value(ours.address())));
		add(all, "from somebody else", ExactRefusal.MISSING_PAYER_SIGNATURE, argument(0, () -> value(other.address())));
		add(all, "from a shared account", ExactRefusal.MALFORMED, argument(0, () -> shared(payer.address())));
		add(all, "from a claimable balance", ExactRefusal.MALFORMED,
				argument(0, () -> bytes(18).number(3).number(0).bytes(new byte[32]).toBytes()));
		add(all, "from no address", ExactRefusal.MALFORMED, argument(0, () -> bytes(3).number(1).toBytes()));
		add(all, "to somebody else", ExactRefusal.WRONG_RECIPIENT, argument(1, () -> value(other.address())));
		add(all, "to us", ExactRefusal.WRONG_RECIPIENT, argument(1, () -> value(ours.address())));
		add(all, "to its payer", ExactRefusal.WRONG_RECIPIENT, argument(1, () -> value(payer.address())));
		add(all, "to a shared account of the recipient", ExactRefusal.WRONG_RECIPIENT,
				argument(1, () -> shared(shop.address())));
		add(all, "to a contract", ExactRefusal.WRONG_RECIPIENT,
				argument(1, () -> bytes(18).bytes(OTHER_CONTRACT).toBytes()));
		add(all, "to a pool", ExactRefusal.WRONG_RECIPIENT,
				argument(1, () -> bytes(18).number(4).bytes(new byte[32]).toBytes()));
		add(all, "to no address", ExactRefusal.WRONG_RECIPIENT, argument(1, () -> bytes(3).number(1).toBytes()));
		for (BigInteger amount : List.of(BigInteger.valueOf(8), BigInteger.valueOf(6), BigInteger.ZERO,
				BigInteger.valueOf(-7), BigInteger.TWO.pow(63), BigInteger.TWO.pow(64).add(BigInteger.valueOf(7)),
				BigInteger.TWO.pow(127).subtract(BigInteger.ONE))) {
			add(all, "amount " + amount, ExactRefusal.WRONG_AMOUNT, argument(2, () -> amount(amount)));
		}
		add(all, "amount of 64 bits", ExactRefusal.WRONG_AMOUNT, argument(2, () -> bytes(6).number(7L).toBytes()));
		add(all, "amount without sign", ExactRefusal.WRONG_AMOUNT,
				argument(2, () -> bytes(9).number(0L).number(7L).toBytes()));
	}

	private static void ofEntries(List<Arguments> all) {
		add(all, "no entry", ExactRefusal.NO_AUTH_ENTRIES, (it) -> it.entries = bytes(0).toBytes());
		add(all, "two entries", ExactRefusal.UNEXPECTED_PENDING_SIGNATURES,
				(it) -> it.entries = bytes(2).bytes(it.entry()).bytes(it.entry()).toBytes());
		add(all, "giant number of entries", ExactRefusal.MALFORMED,
				(it) -> it.entries = bytes(Integer.MAX_VALUE).bytes(it.entry()).toBytes());
		add(all, "negative number of entries", ExactRefusal.MALFORMED,
				(it) -> it.entries = bytes(-1).bytes(it.entry()).toBytes());
		for (int type : new int[] { 0, 3, 4, -1 }) {
			add(all, "credentials of type " + type, ExactRefusal.UNSUPPORTED_CREDENTIAL_TYPE,
					(it) -> it.credentials = type);
		}
		add(all, "we in the entry", ExactRefusal.FACILITATOR_IN_AUTH, (it) -> it.signer = address(ours.address()));
		add(all, "somebody else in the entry", ExactRefusal.MISSING_PAYER_SIGNATURE,
				(it) -> it.signer = address(other.address()));
		add(all, "entry for another call", ExactRefusal.MISSING_PAYER_SIGNATURE,
				(it) -> it.authorisedCall = callOf(it, 8));
		add(all, "entry for a new contract", ExactRefusal.MISSING_PAYER_SIGNATURE, (it) -> it.authorisedFunction = 1);
		add(all, "call below", ExactRefusal.HAS_SUBINVOCATIONS,
				(it) -> it.below = bytes(1).number(0).bytes(it.call()).number(0).toBytes());
		add(all, "giant number of calls below", ExactRefusal.HAS_SUBINVOCATIONS,
				(it) -> it.below = bytes(Integer.MAX_VALUE).toBytes());
		add(all, "entry that ends early", ExactRefusal.MALFORMED, (it) -> {
			it.entries = bytes(1).bytes(Arrays.copyOf(it.entry(), it.entry().length - 8)).toBytes();
			it.end = new byte[0];
		});
	}

	private static void ofSignatures(List<Arguments> all) {
		ExactRefusal missing = ExactRefusal.MISSING_PAYER_SIGNATURE;
		add(all, "nonce that was not signed", missing, (it) -> it.signedNonce = 8L);
		add(all, "expiry that was not signed", missing, (it) -> it.signedExpiration = it.expiration + 1);
		add(all, "call that was not signed", missing,
				(it) -> it.signedInvocation = bytes(0).bytes(callOf(it, 8)).number(0).toBytes());
		add(all, "signed for another network", missing, (it) -> it.passphrase = "Another network");
		add(all, "second form signed as the first", missing, (it) -> it.credentials = 2);
		add(all, "first form signed as the second", missing, (it) -> it.preimage = 2);
		signature(all, "void", missing, (hash) -> bytes(1).toBytes());
		signature(all, "none", missing, (hash) -> signatures());
		signature(all, "vector that is not there", missing, (hash) -> bytes(16).number(0).toBytes());
		signature(all, "another's in the payer's name", missing,
				(hash) -> signatures(ForgedTransfer.signature(key(payer.address()), other.sign(hash))));
		signature(all, "two, the second wrong", missing,
				(hash) -> signatures(signed(payer, hash), signed(other, new byte[32])));
		signature(all, "two, the first wrong", missing,
				(hash) -> signatures(signed(other, new byte[32]), signed(payer, hash)));
		signature(all, "ours beside the payer's", ExactRefusal.FACILITATOR_IN_AUTH,
				(hash) -> signatures(signed(payer, hash), signed(ours, hash)));
		signature(all, "short", missing, (hash) -> signatures(
				ForgedTransfer.signature(key(payer.address()), Arrays.copyOf(payer.sign(hash), 63))));
		signature(all, "key that is short", missing,
				(hash) -> signatures(ForgedTransfer.signature(new byte[31], payer.sign(hash))));
		signature(all, "key that is no point", missing, (hash) -> {
			byte[] key = new byte[32];
			Arrays.fill(key, (byte) 0xff);
			return signatures(ForgedTransfer.signature(key, payer.sign(hash)));
		});
		signature(all, "changed in one bit", missing, (hash) -> {
			byte[] changed = payer.sign(hash);
			changed[40] ^= 1;
			return signatures(ForgedTransfer.signature(key(payer.address()), changed));
		});
		signature(all, "fields in another order", missing,
				(hash) -> signatures(bytes(17).number(1)
					.number(2)
					.bytes(field("signature", payer.sign(hash)))
					.bytes(field("public_key", key(payer.address())))
					.toBytes()));
		signature(all, "bare", missing, (hash) -> signed(payer, hash));
		signature(all, "21 of them", missing, (hash) -> {
			byte[][] many = new byte[21][];
			Arrays.fill(many, signed(payer, hash));
			return signatures(many);
		});
		signature(all, "giant number of them", ExactRefusal.MALFORMED,
				(hash) -> bytes(16).number(1).number(Integer.MAX_VALUE).bytes(signed(payer, hash)).toBytes());
		signature(all, "giant bytes", ExactRefusal.MALFORMED, (hash) -> bytes(13).number(Integer.MAX_VALUE).toBytes());
		signature(all, "deep", ExactRefusal.MALFORMED, (hash) -> {
			WireBytes deep = new WireBytes();
			for (int i = 0; i < 1000; i++) {
				deep.number(16).number(1).number(1);
			}
			return deep.number(1).toBytes();
		});
		signature(all, "value of an unknown kind", ExactRefusal.MALFORMED, (hash) -> bytes(22).toBytes());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mutations")
	void isRefusedByItsReason(String name, ExactRefusal refusal, Consumer<ForgedTransfer> change) {
		assertThat(read(valid().text()).transfer().amount()).isEqualTo(7);
		ForgedTransfer forged = valid();
		change.accept(forged);
		assertRefused(refusal, forged.text(), terms());
	}

	@Test
	void thereAreMany() {
		assertThat(mutations().map((each) -> each.get()[0]).distinct()).hasSizeGreaterThan(60);
	}

	@Test
	void textThatIsNoTransactionIsRefused() {
		String sent = valid().text();
		for (String text : List.of("", "AAAA", "not base64", "{}", sent + "!", sent.replace('A', '-'), " " + sent,
				"A".repeat(32 * 1024 + 4), "=", "\u0000")) {
			assertRefused(ExactRefusal.MALFORMED, text, terms());
		}
	}

	@Test
	void transactionThatEndsEarlyIsRefused() {
		byte[] whole = valid().toEntry();
		assertThat(read(base64(whole))).isNotNull();
		for (int length = 0; length < whole.length; length++) {
			String text = base64(Arrays.copyOf(whole, length));
			assertThatExceptionOfType(ExactRefusedException.class).as("%s bytes", length).isThrownBy(() -> read(text));
		}
	}

	@Test
	void weAreNeverPaid() {
		ForgedTransfer forged = valid();
		argument(1, () -> value(ours.address())).accept(forged);
		assertRefused(ExactRefusal.FACILITATOR_IN_AUTH, forged.text(),
				new ExactTerms(chain.asset, ours.address(), BigInteger.valueOf(7), 60));
	}

	@Test
	void signatureOfAnotherKeyThanThePayersIsRefusedByTheChain() {
		ForgedTransfer forged = valid();
		forged.signature = (hash) -> signatures(signed(other, hash));
		SignedTransfer signed = read(forged.text());
		assertThatExceptionOfType(ExactRefusedException.class).isThrownBy(() -> transfers().check(signed))
			.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(ExactRefusal.SIMULATION_FAILED));
	}

	/** Whatever stands around it, we sign the same transaction. */
	@Test
	void nothingElseThatAPayerWritesIsTaken() {
		String honest = made(valid());
		List<Consumer<ForgedTransfer>> harmless = List.of((it) -> it.fee = -1, (it) -> it.fee = Integer.MAX_VALUE,
				(it) -> it.source = muxed(other.address()),
				(it) -> it.operationSource = bytes(1).bytes(muxed(other.address())).toBytes(),
				(it) -> it.preconditions = bytes(1).number(0L).number(1L).toBytes(),
				(it) -> it.preconditions = preconditions(bytes(0).toBytes()),
				(it) -> it.end = resources(1, Long.MAX_VALUE), (it) -> it.end = resources(100, Long.MAX_VALUE - 1),
				(it) -> it.end = resources(1, -1),
				(it) -> it.end = bytes(1).number(0).number(Integer.MAX_VALUE).toBytes(),
				(it) -> it.end = new byte[12_000], (it) -> it.end = new byte[0]);
		for (Consumer<ForgedTransfer> change : harmless) {
			ForgedTransfer forged = valid();
			change.accept(forged);
			assertThat(made(forged)).isEqualTo(honest);
		}
	}

	/** A footprint of foreign entries with more instructions than there are. */
	private static byte[] resources(int entries, long fee) {
		WireBytes resources = bytes(1).number(0).number(0).number(entries);
		for (int i = 0; i < entries; i++) {
			resources.number(0).number(0).bytes(key(other.address()));
		}
		return resources.number(-1).number(-1).number(-1).number(fee).number(0).toBytes();
	}

	private static String made(ForgedTransfer forged) {
		SignedTransfer signed = read(forged.text());
		transfers().check(signed);
		SignedTransaction made = transfers().method(signed)
			.sign(signed.transfer(), ours, chain.sequence(ours) + 1, 2_000_000_000L, signed.lastLedger());
		return made.envelope();
	}

	private static byte[] preconditions(byte[] signers) {
		return bytes(2).number(0).number(0).number(0).number(0L).number(0).bytes(signers).toBytes();
	}

	private static byte[] callOf(ForgedTransfer it, long amount) {
		return it.call(List.of(it.arguments.get(0), it.arguments.get(1), amount(BigInteger.valueOf(amount))));
	}

	private static byte[] shared(String account) {
		return bytes(18).number(2).number(5L).bytes(key(account)).toBytes();
	}

	private static Consumer<ForgedTransfer> argument(int place, Supplier<byte[]> value) {
		return (it) -> {
			List<byte[]> arguments = new ArrayList<>(it.arguments);
			arguments.set(place, value.get());
			it.arguments = arguments;
		};
	}

	private static void add(List<Arguments> all, String name, ExactRefusal refusal, Consumer<ForgedTransfer> change) {
		all.add(Arguments.of(name, refusal, change));
	}

	private static void signature(List<Arguments> all, String name, ExactRefusal refusal,
			Function<byte[], byte[]> signature) {
		add(all, "signature: " + name, refusal, (it) -> it.signature = signature);
	}

	private static ForgedTransfer valid() {
		return new ForgedTransfer(payer, payer.address(), chain.asset, shop.address(), 7,
				chain.devnet.latestLedger() + 10, DevnetChain.PASSPHRASE);
	}

	private static ExactTerms terms() {
		return new ExactTerms(chain.asset, shop.address(), BigInteger.valueOf(7), 60);
	}

	private static SignedTransfer read(String text) {
		return reader().read(text, terms());
	}

	private static SignedTransferReader reader() {
		return new SignedTransferReader(DevnetChain.PASSPHRASE, ours.address()::equals);
	}

	private static AuthorisedTransfers transfers() {
		return new AuthorisedTransfers(chain.rpc, chain.ledger, DevnetChain.PASSPHRASE, ours.address(),
				new FeePolicy(chain.rpc, 10_000), 1_000_000);
	}

	private static void assertRefused(ExactRefusal refusal, String text, ExactTerms terms) {
		assertThatExceptionOfType(ExactRefusedException.class).isThrownBy(() -> reader().read(text, terms))
			.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(refusal));
	}

}
