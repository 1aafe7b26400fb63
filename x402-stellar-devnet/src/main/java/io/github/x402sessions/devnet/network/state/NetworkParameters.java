package io.github.x402sessions.devnet.network.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.contract.asset.AssetInstance;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.Asset;
import org.stellar.sdk.Network;

/**
 * The parameters that set this network apart.
 *
 * @param passphrase the text that all signatures depend on
 * @param usdcIssuer the account that issues USDC
 * @param protocol the protocol version it tells
 */
public record NetworkParameters(String passphrase, String usdcIssuer, int protocol) {

	/** The bytes in every hash that is signed. */
	public byte[] networkId() {
		return XdrCodec.sha256(this.passphrase.getBytes(StandardCharsets.UTF_8));
	}

	/** The rules for contracts and transactions. */
	public Host.Rules rules() {
		return new Host.Rules(this.protocol, networkId());
	}

	public AssetInstance usdc() {
		return instance(Asset.create(null, "USDC", this.usdcIssuer));
	}

	public AssetInstance lumens() {
		return instance(Asset.create("native"));
	}

	private AssetInstance instance(Asset asset) {
		try {
			return AssetInstance.deployed(asset.getContractId(new Network(this.passphrase)), asset);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
