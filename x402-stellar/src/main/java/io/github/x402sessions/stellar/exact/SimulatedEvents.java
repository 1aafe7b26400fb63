package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.util.Base64;
import java.util.List;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.xdr.ScMap;
import io.github.x402sessions.stellar.xdr.WireAddress;
import io.github.x402sessions.stellar.xdr.Xdr;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.stellar.sdk.Address;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.ContractEventType;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * Checks that a simulation tells of one transfer and of nothing else.
 */
final class SimulatedEvents {

	/** An event of a transfer takes less than a kilobyte. */
	private static final int LONGEST = 64 * 1024;

	private static final int HASH = 32;

	private SimulatedEvents() {
	}

	static void require(List<String> events, Transfer transfer) {
		int transfers = 0;
		for (String event : events) {
			Boolean told = (event.length() <= LONGEST) ? Xdr.read(event, SimulatedEvents::isOfContract) : null;
			DiagnosticEvent read = Boolean.TRUE.equals(told) ? Xdr.read(event, DiagnosticEvent::fromXdrBase64) : null;
			if (told == null || (told && read == null)) {
				throw new RpcException("the simulated events cannot be read", null);
			}
			if (read != null) {
				require(read.getEvent(), transfer);
				transfers++;
			}
		}
		require(transfers > 0, ExactRefusal.NO_TRANSFER_EVENTS);
		require(transfers == 1, ExactRefusal.MULTIPLE_TRANSFERS);
	}

	/** Others may hold shared accounts, which the SDK cannot read. */
	private static boolean isOfContract(String event) {
		XdrCursor in = new XdrCursor(Base64.getDecoder().decode(event));
		in.skip(2 * Integer.BYTES);
		in.skip(in.present() ? HASH : 0);
		return in.number() == ContractEventType.CONTRACT.getValue();
	}

	private static void require(ContractEvent event, Transfer transfer) {
		SCVal[] topics = event.getBody().getV0().getTopics();
		require(topics.length >= 3 && topics[0].equals(Scv.toSymbol("transfer")), ExactRefusal.EVENT_NOT_TRANSFER);
		Hash contract = event.getContractID();
		require(contract != null && StrKey.encodeContract(contract.getHash()).equals(transfer.asset()),
				ExactRefusal.EVENT_WRONG_ASSET);
		require(topics[1].equals(address(transfer.from())), ExactRefusal.EVENT_WRONG_FROM);
		require(topics[2].equals(address(WireAddress.account(transfer.to()))), ExactRefusal.EVENT_WRONG_TO);
		require(isOf(transfer.amount(), event.getBody().getV0().getData()), ExactRefusal.EVENT_WRONG_AMOUNT);
	}

	/** Beside the amount stands the number of a shared account, if it is one. */
	private static boolean isOf(BigInteger amount, SCVal data) {
		try {
			return Scv.toInt128(amount)
				.equals((data.getDiscriminant() == SCValType.SCV_MAP) ? ScMap.get(data.getMap(), "amount") : data);
		}
		catch (RuntimeException ex) { // a map without an amount, or none at all
			return false;
		}
	}

	private static SCVal address(String address) {
		return new Address(address).toSCVal();
	}

	private static void require(boolean condition, ExactRefusal otherwise) {
		if (!condition) {
			throw new ExactRefusedException(otherwise);
		}
	}

}
