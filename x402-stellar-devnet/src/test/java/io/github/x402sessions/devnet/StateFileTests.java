package io.github.x402sessions.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.Signer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A network that is kept in a file.
 */
class StateFileTests {

	@TempDir
	private Path folder;

	@Test
	void killedNetworkGoesOnAfterItsLastLedger() throws IOException {
		Path file = this.folder.resolve("state");
		Path copy = this.folder.resolve("copy");
		try (ManualNetwork chain = new ManualNetwork(StellarDevnet.builder().stateFile(file))) {
			KeyPair payer = chain.holder("5");
			KeyPair spender = chain.account();
			KeyPair shop = chain.holder("0");
			KeyPair second = KeyPair.random();
			chain.land(ManualNetwork.signed(chain.build(payer,
					new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(second), 7)
						.setLowThreshold(1)
						.build()),
					payer));
			chain.approve(payer, spender, 100, 5000);
			JsonNode paid = chain.land(chain.transferFrom(spender, spender, payer, shop, 40));
			chain.devnet.closeLedger();
			Files.copy(file, copy);
			Files.writeString(copy, "{\"sequence\":99,\"clos", StandardOpenOption.APPEND);

			try (ManualNetwork again = new ManualNetwork(StellarDevnet.builder().stateFile(copy))) {
				assertThat(again.devnet.latestLedger()).isEqualTo(chain.devnet.latestLedger());
				assertThat(again.usdc(payer)).isEqualTo(49_999_960);
				assertThat(again.usdc(shop)).isEqualTo(40);
				assertThat(again.allowance(payer, spender)).isEqualTo(60);
				String hash = paid.get("txHash").asString();
				assertThat(again.rpc.result("getTransaction", Map.of("hash", hash)))
					.isEqualTo(chain.rpc.result("getTransaction", Map.of("hash", hash)));
				assertThat(again.rpc.result("getLatestLedger", Map.of()))
					.isEqualTo(chain.rpc.result("getLatestLedger", Map.of()));
				assertThat(again.land(again.transferFrom(spender, spender, payer, shop, 60)).at("/status").asString())
					.isEqualTo("SUCCESS");
				assertThat(again.land(ManualNetwork.signed(
						again.build(payer, new SetOptionsOperation.Builder().setMasterKeyWeight(0).build()), second))
					.at("/status")
					.asString()).as("the second signer is kept").isEqualTo("SUCCESS");
			}
			try (ManualNetwork third = new ManualNetwork(StellarDevnet.builder().stateFile(copy))) {
				assertThat(third.usdc(shop)).isEqualTo(100);
				third.devnet.reset();
				assertThat(third.devnet.latestLedger()).isEqualTo(1);
			}
			try (ManualNetwork fourth = new ManualNetwork(StellarDevnet.builder().stateFile(copy))) {
				assertThat(fourth.devnet.latestLedger()).isEqualTo(1);
				assertThat(fourth.usdc(shop)).isZero();
			}
		}
	}

	@Test
	void fileOfAnotherNetworkIsLeftAlone() throws IOException {
		Path file = this.folder.resolve("state");
		StellarDevnet.builder().stateFile(file).start().close();
		String content = Files.readString(file);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> StellarDevnet.builder().stateFile(file).networkPassphrase("another").start())
			.withMessageContaining("another passphrase or issuer");
		assertThat(Files.readString(file)).isEqualTo(content);
		Path diary = Files.writeString(this.folder.resolve("diary"), "Dear diary");
		assertThatIllegalArgumentException().isThrownBy(() -> StellarDevnet.builder().stateFile(diary).start())
			.withMessage(diary + " is no state of this network");
		assertThat(diary).hasContent("Dear diary");
	}

}
