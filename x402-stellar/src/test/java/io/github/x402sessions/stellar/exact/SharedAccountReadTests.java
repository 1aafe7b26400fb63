package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.time.Duration;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferReader;
import io.github.x402sessions.stellar.xdr.WireAddress;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The books hold a payment to a shared account against the chain's copy of it.
 */
class SharedAccountReadTests {

	@Test
	void transferToASharedAccountIsReadAsItIsBooked() {
		try (DevnetChain chain = new DevnetChain()) {
			AccountKey shop = chain.holder(0);
			AccountKey channel = chain.account();
			AccountKey payer = chain.holder(1);
			String shared = WireAddress.shared(5, KeyPair.fromAccountId(shop.address()).getPublicKey());
			TransferAuthorisations client = new TransferAuthorisations(chain.rpc, DevnetChain.PASSPHRASE);
			UnsignedTransfer unsigned = client.prepare(
					new Transfer(chain.asset, payer.address(), shared, BigInteger.valueOf(7)), "shared",
					Duration.ofSeconds(60));
			String sent = client.complete(unsigned.signed(payer.sign(unsigned.hash())));
			SignedTransfer signed = new SignedTransferReader(DevnetChain.PASSPHRASE, (address) -> false).read(sent,
					new ExactTerms(chain.asset, shared, BigInteger.valueOf(7), 60));
			SignedTransaction made = new AuthorisedTransfers(chain.rpc, chain.ledger, DevnetChain.PASSPHRASE,
					channel.address(), new FeePolicy(chain.rpc, 10_000), 1_000_000)
				.method(signed)
				.sign(signed.transfer(), channel, chain.sequence(channel) + 1, chain.soon(), signed.lastLedger());
			assertThat(new TransferReader().read(made.envelope())).isEqualTo(signed.transfer());
		}
	}

}
