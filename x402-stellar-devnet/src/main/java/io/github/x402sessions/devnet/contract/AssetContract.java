package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.xdr.Strkeys;
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
			case ADMIN -> Scv.toAddress(admin());
			case MINT, CLAWBACK, SET_AUTHORIZED, SET_ADMIN -> new AssetAdministration(this).run(function, args);
			case BURN -> burn(args.address(0), args.amount(1));
			case BURN_FROM -> burnFrom(args.address(0), args.address(1), args.amount(2));
			case TRUST -> trust(args.address(0));
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

	private SCVal burn(String from, BigInteger amount) {
		requireIssuedTo(from);
		this.authorizer.require(from, this.call, this.storage);
		return burnt(from, amount);
	}

	private SCVal burnFrom(String spender, String from, BigInteger amount) {
		requireIssuedTo(from);
		this.authorizer.require(spender, this.call, this.storage);
		this.allowances.spend(from, spender, amount);
		return burnt(from, amount);
	}

	private SCVal burnt(String from, BigInteger amount) {
		holding(from).spend(amount);
		publish("burn", Scv.toInt128(amount), from);
		return Scv.toVoid();
	}

	private SCVal trust(String address) {
		if (!Strkeys.isContract(address)) {
			requireIssuedTo(address);
			TrustlineOpening opening = new TrustlineOpening(address, this.asset, this.storage);
			if (opening.isNeeded()) {
				this.authorizer.require(address, this.call, this.storage);
				opening.open();
			}
		}
		return Scv.toVoid();
	}

	/**
	 * Returns if the asset is an issued one and the address not its issuer, who has none
	 * of it.
	 */
	void requireIssuedTo(String address) {
		if (this.asset.issuer() == null) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("operation invalid on native asset");
		}
		if (address.equals(this.asset.issuer())) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("operation invalid on issuer");
		}
	}

	/**
	 * Who rules the contract.
	 * @throws HostException if it is that of lumens, which nobody rules
	 */
	String admin() {
		String admin = this.asset.admin();
		if (admin == null) {
			throw HostException.missing("administrator is not set");
		}
		return admin;
	}

	void requireAdmin() {
		this.authorizer.require(admin(), this.call, this.storage);
	}

	void admin(String next) {
		this.storage.write(this.asset.withAdmin(next).toEntry());
	}

	/** Whether the issuer has a flag. */
	boolean issuerHas(int flag) {
		return this.asset.issuerHas(flag, this.storage);
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

	Holding holding(String address) {
		return Holding.of(address, this.asset, this.storage);
	}

	void publish(String name, SCVal data, String... parties) {
		List<SCVal> topics = new ArrayList<>();
		topics.add(Scv.toSymbol(name));
		for (String party : parties) {
			topics.add(Scv.toAddress(party));
		}
		topics.add(Scv.toString(this.asset.name()));
		this.events.publish(topics, data);
	}

}
