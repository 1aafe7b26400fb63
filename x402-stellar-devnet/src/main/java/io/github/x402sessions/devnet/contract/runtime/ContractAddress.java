package io.github.x402sessions.devnet.contract.runtime;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.Address;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.xdr.ContractIDPreimage;
import org.stellar.sdk.xdr.ContractIDPreimageType;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.HashIDPreimage;
import org.stellar.sdk.xdr.Uint256;

/**
 * The {@code C…} addresses that contracts get when they are deployed.
 */
public final class ContractAddress {

	private ContractAddress() {
	}

	/**
	 * Of a contract that an account deploys.
	 * @param salt 32 bytes that the account has not used for another
	 */
	public static String of(byte[] networkId, String deployer, byte[] salt) {
		return of(networkId,
				new ContractIDPreimage.Builder().discriminant(ContractIDPreimageType.CONTRACT_ID_PREIMAGE_FROM_ADDRESS)
					.fromAddress(new ContractIDPreimage.ContractIDPreimageFromAddress.Builder()
						.address(new Address(deployer).toSCAddress())
						.salt(new Uint256(salt))
						.build())
					.build());
	}

	public static String of(byte[] networkId, ContractIDPreimage source) {
		HashIDPreimage preimage = new HashIDPreimage.Builder().discriminant(EnvelopeType.ENVELOPE_TYPE_CONTRACT_ID)
			.contractID(new HashIDPreimage.HashIDPreimageContractID.Builder().networkID(new Hash(networkId))
				.contractIDPreimage(source)
				.build())
			.build();
		return StrKey.encodeContract(XdrCodec.sha256(XdrCodec.bytes(preimage::toXdrByteArray)));
	}

}
