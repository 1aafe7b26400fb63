package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.contract.authorization.Authorizer;
import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.contract.runtime.InstructionCost;
import io.github.x402sessions.devnet.contract.runtime.InstructionMeter;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * One call of a Stellar Asset Contract. The order of the checks is that of the network's
 * host, because it decides which error a caller sees.
 */
public final class AssetContract {

	private static final long DAY = 17_280;

	private final AssetInstance asset;

	private final Frame frame;

	private final Authorizer authorizer;

	private final Allowances allowances;

	public AssetContract(AssetInstance asset, Frame frame, Authorizer authorizer) {
		this.asset = asset;
		this.frame = frame;
		this.authorizer = authorizer;
		this.allowances = new Allowances(frame.storage(), asset.contract());
	}

	/**
	 * Runs the call.
	 * @throws HostException if it fails
	 */
	public SCVal run(int protocol) {
		AssetFunction function = AssetFunction.named(this.frame.function(), protocol);
		if (function == null) {
			throw HostException.unknownFunction(this.frame.function());
		}
		if (function.arity() != this.frame.arguments().size()) {
			throw new HostException(HostError.host(SCErrorType.SCE_CONTEXT, SCErrorCode.SCEC_UNEXPECTED_SIZE),
					"wrong number of args to func", Scv.toSymbol(this.frame.function()));
		}
		return run(function);
	}

	private SCVal run(AssetFunction function) {
		meter().charge((this.asset.issuer() != null) ? InstructionCost.CALL : InstructionCost.CALL_OF_LUMENS);
		meter().charge(InstructionCost.ARGUMENT, function.arity());
		if (function.extendsInstance()) {
			this.frame.storage().extend(EntryKey.instance(this.asset.contract()), 6 * DAY, 7 * DAY);
		}
		Arguments args = new Arguments(this.frame.arguments());
		return switch (function) {
			case ADMIN -> Scv.toAddress(admin());
			case MINT, CLAWBACK, SET_AUTHORIZED, SET_ADMIN -> new AssetAdministration(this).run(function, args);
			case BURN -> burn(args.address(0), args.amount(1));
			case BURN_FROM -> burnFrom(args.address(0), args.address(1), args.amount(2));
			case TRUST -> trust(args.address(0));
			case ALLOWANCE -> Scv.toInt128(this.allowances.amount(args.address(0), args.address(1)));
			case APPROVE -> approve(args.address(0), args.address(1), args.amount(2), args.uint32(3));
			case TRANSFER -> transfer(args.address(0), args.recipient(1), args.amount(2));
			case TRANSFER_FROM -> transferFrom(args.address(0), args.address(1), args.address(2), args.amount(3));
			case BALANCE -> Scv.toInt128(holding(args.address(0)).balance());
			case AUTHORIZED -> Scv.toBoolean(holding(args.address(0)).authorized());
			case DECIMALS -> Scv.toUint32(AssetInstance.DECIMALS);
			case NAME -> Scv.toString(this.asset.name());
			case SYMBOL -> Scv.toString(this.asset.symbol());
			case INIT_ASSET -> initialize(args);
		};
	}

	/** Fails always, because the deployment has initialized the contract. */
	private static SCVal initialize(Arguments args) {
		args.requireBytes(0);
		throw ContractError.ALREADY_INITIALIZED.because("StellarAssetContract has been already initialized");
	}

	private SCVal approve(String owner, String spender, BigInteger amount, long liveUntil) {
		requireNotNegative(amount);
		requireConsent(owner);
		this.allowances.approve(owner, spender, new AllowanceValue(amount, liveUntil));
		publish("approve", Scv.toVec(List.of(Scv.toInt128(amount), Scv.toUint32(liveUntil))), owner, spender);
		return Scv.toVoid();
	}

	private SCVal transfer(String from, Arguments.Recipient to, BigInteger amount) {
		requireNotNegative(amount);
		requireConsent(from);
		move(from, to, amount);
		return Scv.toVoid();
	}

	private SCVal transferFrom(String spender, String from, String to, BigInteger amount) {
		requireNotNegative(amount);
		requireConsent(spender);
		this.allowances.spend(from, spender, amount);
		move(from, new Arguments.Recipient(to, null), amount);
		return Scv.toVoid();
	}

	private SCVal burn(String from, BigInteger amount) {
		requireNotNegative(amount);
		requireIssued();
		requireNotIssuer(from);
		requireConsent(from);
		return burnt(from, amount);
	}

	private SCVal burnFrom(String spender, String from, BigInteger amount) {
		requireNotNegative(amount);
		requireIssued();
		requireNotIssuer(from);
		requireConsent(spender);
		this.allowances.spend(from, spender, amount);
		return burnt(from, amount);
	}

	private SCVal burnt(String from, BigInteger amount) {
		holding(from).spend(amount);
		publish("burn", Scv.toInt128(amount), from);
		return Scv.toVoid();
	}

	private SCVal trust(String address) {
		if (Strkeys.isContract(address)) {
			return Scv.toVoid();
		}
		if (this.asset.issuer() == null) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("trust operation is not supported for native asset");
		}
		if (address.equals(this.asset.issuer())) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("cannot create trustline for issuer");
		}
		TrustlineOpening opening = new TrustlineOpening(address, this.asset, this.frame.storage());
		if (opening.isNeeded()) {
			requireConsent(address);
			opening.open();
		}
		return Scv.toVoid();
	}

	static void requireNotNegative(BigInteger amount) {
		if (amount.signum() < 0) {
			throw ContractError.NEGATIVE_AMOUNT.because("negative amount is not allowed", Scv.toInt128(amount));
		}
	}

	private void requireIssued() {
		if (this.asset.issuer() == null) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("operation invalid on native asset");
		}
	}

	/** Returns if the address is not the issuer, who has none of its own asset. */
	void requireNotIssuer(String address) {
		if (address.equals(this.asset.issuer())) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("operation invalid on issuer");
		}
	}

	private void requireConsent(String address) {
		this.authorizer.require(address, this.frame);
	}

	/**
	 * The administrator of the contract.
	 * @throws HostException if it is that of lumens, which has none
	 */
	String admin() {
		String admin = this.asset.admin();
		if (admin == null) {
			throw HostException.missing(null);
		}
		return admin;
	}

	void requireAdmin() {
		requireConsent(admin());
	}

	void admin(String next) {
		this.frame.storage().write(this.asset.withAdmin(next).toEntry());
	}

	/** Whether the issuer has a flag. */
	boolean issuerHas(int flag) {
		return this.asset.issuerHas(flag, this.frame.storage());
	}

	private void move(String from, Arguments.Recipient recipient, BigInteger amount) {
		String to = recipient.address();
		holding(from).spend(amount);
		holding(to).receive(amount);
		SCVal data = data(amount, recipient.muxedId());
		if (!from.equals(to) && from.equals(this.asset.issuer())) {
			publish("mint", data, to);
		}
		else if (!from.equals(to) && to.equals(this.asset.issuer())) {
			publish("burn", Scv.toInt128(amount), from);
		}
		else {
			publish("transfer", data, from, to);
		}
	}

	private static SCVal data(BigInteger amount, @Nullable BigInteger muxedId) {
		if (muxedId == null) {
			return Scv.toInt128(amount);
		}
		LinkedHashMap<SCVal, SCVal> fields = new LinkedHashMap<>();
		fields.put(Scv.toSymbol("amount"), Scv.toInt128(amount));
		fields.put(Scv.toSymbol("to_muxed_id"), Scv.toUint64(muxedId));
		return Scv.toMap(fields);
	}

	Holding holding(String address) {
		return Holding.of(address, this.asset, this.frame.storage());
	}

	void publish(String name, SCVal data, String... parties) {
		List<SCVal> topics = new ArrayList<>();
		topics.add(Scv.toSymbol(name));
		for (String party : parties) {
			topics.add(Scv.toAddress(party));
		}
		topics.add(Scv.toString(this.asset.name()));
		meter().charge(InstructionCost.EVENT);
		this.frame.events().publish(this.asset.contract(), topics, data);
	}

	private InstructionMeter meter() {
		return this.frame.storage().meter();
	}

}
