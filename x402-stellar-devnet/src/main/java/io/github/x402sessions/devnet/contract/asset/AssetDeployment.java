package io.github.x402sessions.devnet.contract.asset;

import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.ContractAddress;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.EventLog;
import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.contract.runtime.InstructionCost;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.Asset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.ContractIDPreimageType;
import org.stellar.sdk.xdr.CreateContractArgs;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * Deploys the contract of a classic asset, once and for any caller.
 *
 * @param args which asset
 * @param networkId the network, on which the contract's address depends
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record AssetDeployment(CreateContractArgs args, byte[] networkId) {

	public static boolean isOne(HostFunction function) {
		return function.getDiscriminant() == HostFunctionType.HOST_FUNCTION_TYPE_CREATE_CONTRACT
				&& function.getCreateContract()
					.getContractIDPreimage()
					.getDiscriminant() == ContractIDPreimageType.CONTRACT_ID_PREIMAGE_FROM_ASSET
				&& function.getCreateContract()
					.getExecutable()
					.getDiscriminant() == ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET;
	}

	/** The address that the contract gets. */
	String contract() {
		return ContractAddress.of(this.networkId, this.args.getContractIDPreimage());
	}

	/**
	 * Deploys it.
	 * @throws HostException if it is there
	 */
	public SCVal run(ContractStorage storage, EventLog events) {
		storage.meter().charge(InstructionCost.DEPLOYMENT);
		String contract = contract();
		Asset asset = Asset.fromXdr(this.args.getContractIDPreimage().getFromAsset());
		ContractData instance = AssetInstance.deployed(contract, asset).toEntry();
		if (storage.read(instance.key()) != null) {
			throw new HostException(HostError.host(SCErrorType.SCE_STORAGE, SCErrorCode.SCEC_EXISTING_VALUE),
					"contract already exists", Scv.toAddress(contract));
		}
		storage.write(instance);
		String function = AssetFunction.INIT_ASSET.symbol();
		events.called(null, contract, function, List.of(Scv.toBytes(XdrCodec.bytes(asset.toXdr()::toXdrByteArray))));
		events.returned(contract, function, Scv.toVoid());
		return Scv.toAddress(contract);
	}

}
