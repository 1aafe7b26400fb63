package io.github.x402sessions.facilitator.deferred.redemption;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is committed that could not be redeemed.
 */
class RedemptionLumensTests {

	private final AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final RedemptionLumens lumens = new RedemptionLumens(
			new TransferReadinessReader(this.node,
					new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase())),
			new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 0),
			new FeePolicy(this.node, 1_000));

	@Test
	void spenderWithoutLumensCannotRedeem() {
		new FakeLedger(this.node).account(this.spender.address(), 1);
		this.lumens.look(1);
		assertThat(this.lumens.canRedeem()).isFalse();
	}

	@Test
	void whatIsNotKnownIsNotEnough() {
		assertThat(this.lumens.canRedeem()).isFalse();
		this.node.entriesLedger = 1;
		this.node.latest = () -> {
			throw new RpcException("down", null);
		};
		this.lumens.look(1);
		assertThat(this.lumens.canRedeem()).isFalse();
	}

}
