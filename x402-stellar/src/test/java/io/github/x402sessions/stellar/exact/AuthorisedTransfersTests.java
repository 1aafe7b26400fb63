package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferFailsException;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import io.github.x402sessions.stellar.xdr.WireAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What payers sign, as a facilitator reads it and makes it on the devnet.
 */
class AuthorisedTransfersTests {

	private static DevnetChain chain;

	private static AccountKey shop;

	private static AccountKey channel;

	@BeforeAll
	static void start() {
		chain = new DevnetChain();
		shop = chain.holder(0);
		channel = chain.account();
	}

	@AfterAll
	static void stop() {
		chain.close();
	}

	@Test
	void landsOnceToTheUnit() {
		AccountKey payer = chain.holder(1);
		String sent = sent(payer, 7, "once");
		BigInteger before = chain.devnet.usdcBalance(shop.address());
		SignedTransfer signed = reader().read(sent, terms(7));
		transfers(1_000_000).check(signed);
		TransferMethod method = transfers(1_000_000).method(signed);
		SignedTransaction made = method.sign(signed.transfer(), channel, chain.sequence(channel) + 1, chain.soon(),
				signed.lastLedger());
		chain.land(made.hash(), made.envelope());
		assertThat(chain.devnet.usdcBalance(shop.address()).subtract(before)).isEqualTo(7);
		assertThat(chain.devnet.usdcBalance(payer.address())).isEqualTo(9_999_993);
		assertThat(method.diagnose(signed.transfer())).isNotNull();
		refused(ExactRefusal.SIMULATION_FAILED, () -> transfers(1_000_000).check(signed));
		assertThatExceptionOfType(TransferFailsException.class).isThrownBy(() -> method.sign(signed.transfer(), channel,
				chain.sequence(channel) + 1, chain.soon(), signed.lastLedger()));
	}

	@Test
	void aSharedAccountIsPaid() {
		AccountKey payer = chain.holder(1);
		String shared = WireAddress.shared(5, KeyPair.fromAccountId(shop.address()).getPublicKey());
		String sent = sent(payer, shared, 7, "shared");
		SignedTransfer signed = reader().read(sent, new ExactTerms(chain.asset, shared, BigInteger.valueOf(7), 60));
		assertThat(signed.transfer().to()).isEqualTo(shared);
		refused(ExactRefusal.WRONG_RECIPIENT, () -> reader().read(sent, terms(7)));
		BigInteger before = chain.devnet.usdcBalance(shop.address());
		transfers(1_000_000).check(signed);
		SignedTransaction made = transfers(1_000_000).method(signed)
			.sign(signed.transfer(), channel, chain.sequence(channel) + 1, chain.soon(), signed.lastLedger());
		chain.land(made.hash(), made.envelope());
		assertThat(chain.devnet.usdcBalance(shop.address()).subtract(before)).isEqualTo(7);
	}

	@Test
	void isRefusedByTheTermsThatItDoesNotMeet() {
		AccountKey payer = chain.holder(1);
		String sent = sent(payer, 7, "terms");
		refused(ExactRefusal.WRONG_AMOUNT, () -> reader().read(sent, terms(8)));
		refused(ExactRefusal.WRONG_AMOUNT, () -> reader().read(sent, terms(6)));
		refused(ExactRefusal.WRONG_RECIPIENT,
				() -> reader().read(sent, new ExactTerms(chain.asset, channel.address(), BigInteger.valueOf(7), 60)));
		String other = chain.devnet.contractAccount(channel.address());
		refused(ExactRefusal.WRONG_ASSET,
				() -> reader().read(sent, new ExactTerms(other, shop.address(), BigInteger.valueOf(7), 60)));
		refused(ExactRefusal.FACILITATOR_IS_PAYER,
				() -> new SignedTransferReader(DevnetChain.PASSPHRASE, payer.address()::equals).read(sent, terms(7)));
		refused(ExactRefusal.FACILITATOR_IN_AUTH,
				() -> new SignedTransferReader(DevnetChain.PASSPHRASE, shop.address()::equals).read(sent, terms(7)));
		refused(ExactRefusal.MISSING_PAYER_SIGNATURE,
				() -> new SignedTransferReader("Another network", (address) -> false).read(sent, terms(7)));
	}

	@Test
	void isRefusedByTheLedgerAndTheCeiling() {
		AccountKey payer = chain.holder(1);
		String sent = sent(payer, 7, "time");
		SignedTransfer hasty = reader().read(sent,
				new ExactTerms(chain.asset, shop.address(), BigInteger.valueOf(7), 45));
		refused(ExactRefusal.EXPIRATION_TOO_FAR, () -> transfers(1_000_000).check(hasty));
		SignedTransfer signed = reader().read(sent, terms(7));
		refused(ExactRefusal.FEE_EXCEEDS_MAXIMUM, () -> transfers(10_000).check(signed));
		while (chain.devnet.latestLedger() < signed.lastLedger()) {
			chain.devnet.closeLedger();
		}
		refused(ExactRefusal.SIMULATION_FAILED, () -> transfers(1_000_000).check(signed));
	}

	@Test
	void changedBytesAreRefusedOrChangeNothing() {
		AccountKey payer = chain.holder(1);
		byte[] sent = Base64.getDecoder().decode(sent(payer, 7, "bytes"));
		SignedTransfer whole = reader().read(Base64.getEncoder().encodeToString(sent), terms(7));
		Random random = new Random(7);
		for (int i = 0; i < 4_000; i++) {
			byte[] changed = sent.clone();
			int at = random.nextInt(sent.length / 4) * 4;
			if (i % 2 == 0) {
				changed[at + random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
			}
			else {
				changed[at] = 0x7f;
				changed[at + 1] = (byte) 0xff;
				changed[at + 2] = (byte) 0xff;
				changed[at + 3] = (byte) 0xff;
			}
			try {
				SignedTransfer read = reader().read(Base64.getEncoder().encodeToString(changed), terms(7));
				assertThat(read.call()).isEqualTo(whole.call());
				assertThat(read.entry()).isEqualTo(whole.entry());
			}
			catch (ExactRefusedException ex) {
				assertThat(ex.refusal().wireName()).startsWith("invalid_exact_stellar_");
			}
		}
	}

	private static void refused(ExactRefusal refusal, Runnable run) {
		assertThatExceptionOfType(ExactRefusedException.class).isThrownBy(run::run)
			.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(refusal));
	}

	private static SignedTransferReader reader() {
		return new SignedTransferReader(DevnetChain.PASSPHRASE, channel.address()::equals);
	}

	private static AuthorisedTransfers transfers(long ceiling) {
		return new AuthorisedTransfers(chain.rpc, chain.ledger, DevnetChain.PASSPHRASE, channel.address(),
				new FeePolicy(chain.rpc, 10_000), ceiling);
	}

	private static ExactTerms terms(long amount) {
		return new ExactTerms(chain.asset, shop.address(), BigInteger.valueOf(amount), 60);
	}

	private static String sent(AccountKey payer, long amount, String name) {
		return sent(payer, shop.address(), amount, name);
	}

	private static String sent(AccountKey payer, String to, long amount, String name) {
		TransferAuthorisations authorisations = new TransferAuthorisations(chain.rpc, DevnetChain.PASSPHRASE);
		UnsignedTransfer unsigned = authorisations.prepare(
				new Transfer(chain.asset, payer.address(), to, BigInteger.valueOf(amount)), name,
				Duration.ofMinutes(1));
		return authorisations.complete(unsigned.signed(payer.sign(unsigned.hash())));
	}

}
