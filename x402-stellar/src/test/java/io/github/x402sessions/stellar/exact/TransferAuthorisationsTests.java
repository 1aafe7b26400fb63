package io.github.x402sessions.stellar.exact;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.transaction.Signing;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Account;
import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.Address;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.Uint256;
import org.stellar.sdk.xdr.Uint64;
import org.stellar.sdk.xdr.XdrUnsignedHyperInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TransferAuthorisations} with a ledger, and with nodes that lie.
 */
class TransferAuthorisationsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static DevnetChain chain;

	private static AccountKey shop;

	@BeforeAll
	static void start() {
		chain = new DevnetChain();
		shop = chain.holder(0);
	}

	@AfterAll
	static void stop() {
		chain.close();
	}

	@Test
	void whatIsSignedMovesTheAmountOnceAndTheChainRemembersIt() {
		AccountKey payer = chain.holder(1);
		BigInteger before = chain.devnet.usdcBalance(shop.address());
		TransferAuthorisations authorisations = authorisations(chain.rpc);
		UnsignedTransfer unsigned = authorisations.prepare(transfer(payer.address(), shop.address(), 7), "tea", MINUTE);
		assertThat(unsigned.lastLedger()).isEqualTo(chain.devnet.latestLedger() + 12);
		AuthorisedTransfer signed = unsigned.signed(payer.sign(unsigned.hash()));
		Transaction paid = transaction(authorisations.complete(signed));
		assertThat(paid.getFee()).isBetween(paid.getSorobanData().getResourceFee().getInt64(), 50_000L);
		assertThat(authorisations.fate(signed)).isEqualTo(TransferFate.OPEN);
		Transaction sent = sendAs(chain.account(), paid);
		assertThat(authorisations.fate(signed)).isEqualTo(TransferFate.MADE);
		assertThat(chain.devnet.usdcBalance(shop.address()).subtract(before)).isEqualTo(7);
		assertThat(chain.devnet.usdcBalance(payer.address())).isEqualTo(9_999_993);
		assertThat(chain.rpc.simulate(sent.toEnvelopeXdrBase64()).error()).isNotNull();
		closeUntilAfter(signed);
		assertThat(authorisations.fate(signed)).isEqualTo(TransferFate.MADE);
	}

	@Test
	void whatNobodyMadeInItsTimeIsOver() {
		AccountKey payer = chain.holder(1);
		TransferAuthorisations authorisations = authorisations(chain.rpc);
		AuthorisedTransfer first = signed(authorisations, payer, 1, "never");
		AuthorisedTransfer other = signed(authorisations, payer, 1, "made");
		sendAs(chain.account(), transaction(authorisations.complete(other)));
		closeUntilAfter(first);
		assertThat(authorisations.fate(first)).isEqualTo(TransferFate.OVER);
		assertThat(authorisations.fate(other)).isEqualTo(TransferFate.MADE);
	}

	@Test
	void theLedgerTakesOneOfTwoPaymentsForTheSameName() {
		AccountKey payer = chain.holder(1);
		TransferAuthorisations authorisations = authorisations(chain.rpc);
		AuthorisedTransfer one = signed(authorisations, payer, 1, "cake");
		AuthorisedTransfer two = signed(authorisations, payer, 2, "cake");
		sendAs(chain.account(), transaction(authorisations.complete(one)));
		assertThatExceptionOfType(ChainException.class).isThrownBy(() -> authorisations.complete(two));
	}

	@Test
	void aSharedAccountIsPaid() {
		AccountKey payer = chain.holder(1);
		MuxedAccount shared = new MuxedAccount();
		shared.setDiscriminant(CryptoKeyType.KEY_TYPE_MUXED_ED25519);
		MuxedAccount.MuxedAccountMed25519 account = new MuxedAccount.MuxedAccountMed25519();
		account.setId(new Uint64(new XdrUnsignedHyperInteger(5L)));
		account.setEd25519(new Uint256(KeyPair.fromAccountId(shop.address()).getPublicKey()));
		shared.setMed25519(account);
		String address = AccountConverter.enableMuxed().decode(shared);
		assertThat(TransferAuthorisations.isRecipient(address)).isTrue();
		TransferAuthorisations authorisations = authorisations(chain.rpc);
		UnsignedTransfer unsigned = authorisations.prepare(transfer(payer.address(), address, 7), "m", MINUTE);
		String envelope = authorisations.complete(unsigned.signed(payer.sign(unsigned.hash())));
		assertThat(chain.rpc.simulate(envelope).error()).isNull();
		byte[] key = KeyPair.fromAccountId(shop.address()).getPublicKey();
		byte[] argument = new WireBytes().number(18).number(2).number(5L).bytes(key).toBytes();
		assertThat(WireBytes.contains(Base64.getDecoder().decode(envelope), argument)).isTrue();
	}

	@Test
	void aContractPays() throws IOException {
		AccountKey owner = chain.account();
		String wallet = chain.devnet.contractAccount(owner.address());
		chain.devnet.faucet(wallet, BigDecimal.ONE);
		TransferAuthorisations authorisations = authorisations(chain.rpc);
		UnsignedTransfer unsigned = authorisations.prepare(transfer(wallet, shop.address(), 9), "c", MINUTE);
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signed(owner.sign(unsigned.hash())));
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signedAs(unsigned.entry()));
		AuthorisedTransfer signed = unsigned.signedAs(signedBy(owner, unsigned, (entry) -> entry));
		sendAs(chain.account(), transaction(authorisations.complete(signed)));
		assertThat(chain.devnet.usdcBalance(wallet)).isEqualTo(9_999_991);
		String other = signedBy(owner, unsigned, (entry) -> {
			entry.getRootInvocation().getFunction().getContractFn().getArgs()[2] = Scv.toInt128(BigInteger.TEN);
			return entry;
		});
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signedAs(other));
	}

	@Test
	void whoHasTooLittleIsToldBeforeItSigns() {
		AccountKey payer = chain.holder(1);
		assertThatExceptionOfType(ChainException.class)
			.isThrownBy(() -> authorisations(chain.rpc).prepare(transfer(payer.address(), shop.address(), 10_000_001),
					"poor", MINUTE))
			.withMessageStartingWith("the transfer would fail");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "two", "sub", "amount", "payer", "garbage", "giant" })
	void nodeThatWantsAnythingElseSignedGetsNothing(String lie) {
		AccountKey payer = chain.holder(1);
		StellarRpc liar = chain.simulating((told) -> {
			List<String> entries = told.authorisations();
			return new Simulation(told.transactionData(), told.minResourceFee(), null, told.ledger(), told.returned(),
					lied(lie, entries.get(0)), told.events());
		});
		assertThatExceptionOfType(ChainException.class)
			.isThrownBy(() -> authorisations(liar).prepare(transfer(payer.address(), shop.address(), 1), lie, MINUTE))
			.withMessage("the transfer would need another authorisation than the payer's of that call");
	}

	@Test
	void nodeThatWantsMoreThanFitsOrCostsTooMuchIsNotBelieved() {
		AccountKey payer = chain.holder(1);
		AuthorisedTransfer signed = signed(authorisations(chain.rpc), payer, 1, "resources");
		for (UnaryOperator<Simulation> lie : List.<UnaryOperator<Simulation>>of(
				(told) -> new Simulation("A".repeat(1 << 20), 1, null, 1, List.of()),
				(told) -> new Simulation("not base64", 1, null, 1, List.of()),
				(told) -> new Simulation(told.transactionData(), Long.MAX_VALUE, null, 1, List.of()),
				(told) -> new Simulation(told.transactionData(), -1, null, 1, List.of()))) {
			assertThatExceptionOfType(ChainException.class)
				.isThrownBy(() -> authorisations(chain.simulating(lie)).complete(signed));
		}
	}

	@Test
	void signatureOfSomebodyElseIsNoPayment() {
		AccountKey payer = chain.holder(1);
		UnsignedTransfer unsigned = authorisations(chain.rpc).prepare(transfer(payer.address(), shop.address(), 1),
				"thief", MINUTE);
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signed(shop.sign(unsigned.hash())));
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signed(new byte[0]));
		assertThat(UnsignedTransfer.hash(unsigned.preimage())).isEqualTo(unsigned.hash());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "G", "MAAA", "SAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
	void textThatIsNoAddressIsNoRecipient(String text) {
		assertThat(TransferAuthorisations.isRecipient(text)).isFalse();
	}

	private static List<String> lied(String lie, String entry) {
		return switch (lie) {
			case "none" -> List.of();
			case "two" -> List.of(entry, entry);
			case "garbage" -> List.of("!");
			case "giant" -> List.of("A".repeat(1 << 20));
			case "sub" -> List.of(changed(entry, (root) -> {
				SorobanAuthorizedInvocation below = new SorobanAuthorizedInvocation();
				below.setFunction(root.getRootInvocation().getFunction());
				below.setSubInvocations(new SorobanAuthorizedInvocation[0]);
				root.getRootInvocation().setSubInvocations(new SorobanAuthorizedInvocation[] { below });
				return root;
			}));
			case "amount" -> List.of(changed(entry, (root) -> {
				root.getRootInvocation().getFunction().getContractFn().getArgs()[2] = Scv.toInt128(BigInteger.TWO);
				return root;
			}));
			default -> List.of(changed(entry, (root) -> {
				root.getCredentials().getAddress().setAddress(new Address(shop.address()).toSCAddress());
				return root;
			}));
		};
	}

	private static String changed(String entry, UnaryOperator<SorobanAuthorizationEntry> change) {
		try {
			return change.apply(SorobanAuthorizationEntry.fromXdrBase64(entry)).toXdrBase64();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As an account signs, which is what the devnet's contract takes. */
	private static String signedBy(AccountKey owner, UnsignedTransfer unsigned,
			UnaryOperator<SorobanAuthorizationEntry> change) {
		return changed(unsigned.entry(), (entry) -> {
			LinkedHashMap<SCVal, SCVal> signature = new LinkedHashMap<>();
			signature.put(Scv.toSymbol("public_key"),
					Scv.toBytes(KeyPair.fromAccountId(owner.address()).getPublicKey()));
			signature.put(Scv.toSymbol("signature"), Scv.toBytes(owner.sign(unsigned.hash())));
			entry.getCredentials().getAddress().setSignature(Scv.toVec(List.of(Scv.toMap(signature))));
			return change.apply(entry);
		});
	}

	private static TransferAuthorisations authorisations(StellarRpc rpc) {
		return new TransferAuthorisations(rpc, DevnetChain.PASSPHRASE);
	}

	private static AuthorisedTransfer signed(TransferAuthorisations authorisations, AccountKey payer, long amount,
			String name) {
		UnsignedTransfer unsigned = authorisations.prepare(transfer(payer.address(), shop.address(), amount), name,
				MINUTE);
		return unsigned.signed(payer.sign(unsigned.hash()));
	}

	private static Transfer transfer(String from, String to, long amount) {
		return new Transfer(chain.asset, from, to, BigInteger.valueOf(amount));
	}

	private static Transaction transaction(String envelope) {
		try {
			return (Transaction) AbstractTransaction.fromEnvelopeXdr(envelope, new Network(DevnetChain.PASSPHRASE));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What a facilitator does. */
	private static Transaction sendAs(AccountKey source, Transaction paid) {
		Transaction rebuilt = new TransactionBuilder(new Account(source.address(), chain.sequence(source)),
				new Network(DevnetChain.PASSPHRASE))
			.addOperation(paid.getOperations()[0])
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, chain.soon())).build())
			.setBaseFee(paid.getFee())
			.setSorobanData(paid.getSorobanData())
			.build();
		Signing.sign(rebuilt, source, SigningPurpose.TRANSFER);
		chain.land(rebuilt.hashHex(), rebuilt.toEnvelopeXdrBase64());
		return rebuilt;
	}

	private static void closeUntilAfter(AuthorisedTransfer transfer) {
		while (chain.devnet.latestLedger() <= transfer.lastLedger()) {
			chain.devnet.closeLedger();
		}
	}

}
