package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.ledger.Authority;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * The functions that are the administrator's alone.
 *
 * @param contract the running call
 */
record AssetAdministration(AssetContract contract) {

	SCVal run(AssetFunction function, Arguments args) {
		switch (function) {
			case MINT -> mint(args.address(0), args.amount(1));
			case CLAWBACK -> clawback(args.address(0), args.amount(1));
			case SET_AUTHORIZED -> authorize(args.address(0), args.flag(1));
			case SET_ADMIN -> admin(args.address(0));
			default -> throw new IllegalArgumentException("everybody may call " + function);
		}
		return Scv.toVoid();
	}

	private void mint(String to, BigInteger amount) {
		AssetContract.requireNotNegative(amount);
		this.contract.requireNotIssuer(to);
		this.contract.requireAdmin();
		this.contract.holding(to).receive(amount);
		this.contract.publish("mint", Scv.toInt128(amount), to);
	}

	private void clawback(String from, BigInteger amount) {
		AssetContract.requireNotNegative(amount);
		Holding holding = this.contract.holding(from);
		holding.requireClawback();
		this.contract.requireAdmin();
		holding.take(amount);
		this.contract.publish("clawback", Scv.toInt128(amount), from);
	}

	private void authorize(String address, boolean authorized) {
		this.contract.requireAdmin();
		if (!authorized && !this.contract.issuerHas(Authority.REVOCABLE)) {
			throw ContractError.OPERATION_NOT_SUPPORTED.because("issuer does not have AUTH_REVOCABLE set");
		}
		this.contract.holding(address).authorize(authorized);
		this.contract.publish("set_authorized", Scv.toBoolean(authorized), address);
	}

	private void admin(String next) {
		String old = this.contract.admin();
		this.contract.requireAdmin();
		this.contract.admin(next);
		this.contract.publish("set_admin", Scv.toAddress(next), old);
	}

}
