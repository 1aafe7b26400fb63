package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import io.github.x402sessions.stellar.account.AccountKey;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Address;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.scval.Scv;

/**
 * A payer's transaction, written byte by byte, so that each part can be another one. As
 * it is created nothing is wrong with it.
 */
final class ForgedTransfer {

	final AccountKey payer;

	int type = 2;

	byte[] source = bytes(0).bytes(new byte[32]).toBytes();

	int fee = 100;

	byte[] preconditions = bytes(0).toBytes();

	byte[] memo = bytes(0).toBytes();

	int operations = 1;

	byte[] operationSource = bytes(0).toBytes();

	int operationType = 24;

	int hostFunction = 0;

	byte[] contract;

	byte[] function = text("transfer");

	List<byte[]> arguments;

	byte @Nullable [] entries;

	int credentials = 1;

	int preimage = 1;

	byte[] signer;

	long nonce = 7;

	int expiration;

	@Nullable Long signedNonce;

	@Nullable Integer signedExpiration;

	byte @Nullable [] signedInvocation;

	int authorisedFunction = 0;

	byte @Nullable [] authorisedCall;

	byte[] below = bytes(0).toBytes();

	String passphrase;

	Function<byte[], byte[]> signature;

	byte[] end = bytes(0).number(0).toBytes();

	ForgedTransfer(AccountKey payer, String payerAddress, String asset, String to, long amount, long expiration,
			String passphrase) {
		this.payer = payer;
		this.contract = address(asset);
		this.arguments = List.of(value(payerAddress), value(to), amount(BigInteger.valueOf(amount)));
		this.signer = address(payerAddress);
		this.expiration = (int) expiration;
		this.passphrase = passphrase;
		this.signature = (hash) -> signatures(signed(payer, hash));
	}

	byte[] call() {
		return call(this.arguments);
	}

	byte[] call(List<byte[]> arguments) {
		WireBytes call = new WireBytes().bytes(this.contract).bytes(this.function).number(arguments.size());
		arguments.forEach(call::bytes);
		return call.toBytes();
	}

	byte[] invocation() {
		return bytes(this.authorisedFunction).bytes((this.authorisedCall != null) ? this.authorisedCall : call())
			.bytes(this.below)
			.toBytes();
	}

	byte[] entry() {
		byte[] invocation = invocation();
		byte[] hash = new SignedPreimage(this.preimage, this.signer,
				(this.signedNonce != null) ? this.signedNonce : this.nonce,
				(this.signedExpiration != null) ? this.signedExpiration : this.expiration,
				(this.signedInvocation != null) ? this.signedInvocation : invocation)
			.hash(new Network(this.passphrase));
		return bytes(this.credentials).bytes(this.signer)
			.number(this.nonce)
			.number(this.expiration)
			.bytes(this.signature.apply(hash))
			.bytes(invocation)
			.toBytes();
	}

	byte[] toEntry() {
		return bytes(this.type).bytes(this.source)
			.number(this.fee)
			.number(0L)
			.bytes(this.preconditions)
			.bytes(this.memo)
			.number(this.operations)
			.bytes(this.operationSource)
			.number(this.operationType)
			.number(this.hostFunction)
			.bytes(call())
			.bytes((this.entries != null) ? this.entries : bytes(1).bytes(entry()).toBytes())
			.toBytes();
	}

	String text() {
		return base64(new WireBytes().bytes(toEntry()).bytes(this.end).toBytes());
	}

	static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	static WireBytes bytes(int number) {
		return new WireBytes().number(number);
	}

	static byte[] text(String text) {
		byte[] symbol = WireBytes.of(Scv.toSymbol(text)::toXdrByteArray);
		return Arrays.copyOfRange(symbol, Integer.BYTES, symbol.length);
	}

	static byte[] key(String account) {
		return KeyPair.fromAccountId(account).getPublicKey();
	}

	static byte[] muxed(String account) {
		return bytes(0x100).number(5L).bytes(key(account)).toBytes();
	}

	static byte[] address(String address) {
		return WireBytes.of(new Address(address).toSCAddress()::toXdrByteArray);
	}

	static byte[] value(String address) {
		return bytes(18).bytes(address(address)).toBytes();
	}

	static byte[] amount(BigInteger amount) {
		return WireBytes.of(Scv.toInt128(amount)::toXdrByteArray);
	}

	static byte[] signed(AccountKey signer, byte[] hash) {
		return signature(key(signer.address()), signer.sign(hash));
	}

	static byte[] signature(byte[] key, byte[] signature) {
		return bytes(17).number(1)
			.number(2)
			.bytes(field("public_key", key))
			.bytes(field("signature", signature))
			.toBytes();
	}

	static byte[] field(String name, byte[] value) {
		return new WireBytes().bytes(WireBytes.of(Scv.toSymbol(name)::toXdrByteArray))
			.bytes(WireBytes.of(Scv.toBytes(value)::toXdrByteArray))
			.toBytes();
	}

	static byte[] signatures(byte[]... each) {
		WireBytes all = bytes(16).number(1).number(each.length);
		Arrays.stream(each).forEach(all::bytes);
		return all.toBytes();
	}

}
