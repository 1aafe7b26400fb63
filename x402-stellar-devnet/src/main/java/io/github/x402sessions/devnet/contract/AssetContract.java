package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * One call of a Stellar Asset Contract. The order of the checks is that of the network's
 * host, because it decides which error a caller sees.
 */
final class AssetContract {

	private static final long DAY = 17_280;

	private final AssetInstance asset;

	private final ContractStorage storage;

	private final Authorizer authorizer;

	private final EventLog events;

	private final Allowances allowances;

	private final InvokeContractArgs call;

	AssetContract(AssetInstance asset, ContractStorage storage, Authorizer authorizer, EventLog events,
			InvokeContractArgs call) {
		this.asset = asset;
		this.storage = storage;
		this.authorizer = authorizer;
		this.events = events;
		this.allowances = new Allowances(storage, asset.contract());
		this.call = call;
	}

	SCVal run(AssetFunction function) {
		if (function.extendsInstance()) {
			this.storage.extend(AssetInstance.key(this.asset.contract()), 6 * DAY, 7 * DAY);
		}
		Arguments args = new Arguments(List.of(this.call.getArgs()));
		return switch (function) {
			case ALLOWANCE -> Scv.toInt128(this.allowances.amount(args.address(0), args.address(1)));
			case APPROVE -> approve(args.address(0), args.address(1), args.amount(2), args.uint32(3));
			case TRANSFER -> transfer(args.address(0), args.address(1), args.amount(2));
			case TRANSFER_FROM -> transferFrom(args.address(0), args.address(1), args.address(2), args.amount(3));
			case BALANCE -> Scv.toInt128(holding(args.address(0)).balance());
			case AUTHORIZED -> Scv.toBoolean(holding(args.address(0)).authorized());
			case DECIMALS -> Scv.toUint32(AssetInstance.DECIMALS);
			case NAME -> Scv.toString(this.asset.name());
			case SYMBOL -> Scv.toString(this.asset.symbol());
		};
	}

	private SCVal approve(String owner, String spender, BigInteger amount, long liveUntil) {
		this.authorizer.require(owner, this.call, this.storage);
		this.allowances.approve(owner, spender, new Allowance(amount, liveUntil));
		publish("approve", Scv.toVec(List.of(Scv.toInt128(amount), Scv.toUint32(liveUntil))), owner, spender);
		return Scv.toVoid();
	}

	private SCVal transfer(String from, String to, BigInteger amount) {
		this.authorizer.require(from, this.call, this.storage);
		move(from, to, amount);
		return Scv.toVoid();
	}

	private SCVal transferFrom(String spender, String from, String to, BigInteger amount) {
		this.authorizer.require(spender, this.call, this.storage);
		this.allowances.spend(from, spender, amount);
		move(from, to, amount);
		return Scv.toVoid();
	}

	private void move(String from, String to, BigInteger amount) {
		holding(from).spend(amount);
		holding(to).receive(amount);
		SCVal data = Scv.toInt128(amount);
		if (!from.equals(to) && from.equals(this.asset.issuer())) {
			publish("mint", data, to);
		}
		else if (!from.equals(to) && to.equals(this.asset.issuer())) {
			publish("burn", data, from);
		}
		else {
			publish("transfer", data, from, to);
		}
	}

	private Holding holding(String address) {
		return Holding.of(address, this.asset, this.storage);
	}

	private void publish(String name, SCVal data, String... parties) {
		List<SCVal> topics = new ArrayList<>();
		topics.add(Scv.toSymbol(name));
		for (String party : parties) {
			topics.add(Scv.toAddress(party));
		}
		topics.add(Scv.toString(this.asset.name()));
		this.events.publish(topics, data);
	}

}
