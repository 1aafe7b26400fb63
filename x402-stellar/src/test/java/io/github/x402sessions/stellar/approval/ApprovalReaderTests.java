package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.stellar.fee.FeeBump;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.ContractCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.Account;
import org.stellar.sdk.Address;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Approves are found in transactions of kinds that the SDK does not know.
 */
class ApprovalReaderTests {

	private static final Network NETWORK = Network.TESTNET;

	private static final int CREDENTIALS_V1 = 1;

	private static final int CREDENTIALS_UNKNOWN = 77;

	private final KeyPair payer = KeyPair.random();

	private final KeyPair relay = KeyPair.random();

	private final ApproveCall approve = new ApproveCall("CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA",
			this.payer.getAccountId(), KeyPair.random().getAccountId(), BigInteger.TEN, 1_000);

	private final SorobanCredentials credentials = credentials(this.payer);

	private final Transaction relayed = relayed();

	@ParameterizedTest
	@ValueSource(ints = { CREDENTIALS_V1, 2, 3, CREDENTIALS_UNKNOWN })
	void approveIsReadWhateverTheCredentials(int kind) throws Exception {
		byte[] envelope = withCredentials(this.relayed.toEnvelopeXdr().toXdrByteArray(), kind);
		String hash = hash(2, Arrays.copyOfRange(envelope, 4, envelope.length - 4 - 72));
		assertThat(read(hash, envelope)).isInstanceOfSatisfying(ApprovalLookup.Found.class, (found) -> {
			assertThat(found.approval().transaction()).isEqualTo(hash);
			assertThat(found.approval().from()).isEqualTo(this.payer.getAccountId());
			assertThat(found.approval().amount()).isEqualTo(BigInteger.TEN);
		});
	}

	@Test
	void approveInAFeeBumpIsNamedByTheTransactionInside() throws Exception {
		FeeBumpTransaction bump = bump();
		byte[] envelope = withCredentials(bump.toEnvelopeXdr().toXdrByteArray(), 2);
		int start = 4 + 36 + 8 + 4;
		String inner = hash(2, Arrays.copyOfRange(envelope, start, envelope.length - 76 - 4 - 76));
		String outer = hash(5, Arrays.copyOfRange(envelope, 4, envelope.length - 76));
		for (String asked : List.of(inner, outer)) {
			assertThat(read(asked, envelope)).isInstanceOfSatisfying(ApprovalLookup.Found.class,
					(found) -> assertThat(found.approval().transaction()).isEqualTo(inner));
		}
	}

	@Test
	void envelopeOfAnotherHashIsNoAnswer() throws Exception {
		byte[] envelope = this.relayed.toEnvelopeXdr().toXdrByteArray();
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> read("0".repeat(64), envelope));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAA", "?", "AAAAAgAAAAA=", "AAAACQAAAAAAAAAA" })
	void whatCannotBeReadIsNotCalledSomethingElse(String envelope) {
		TransactionLookup found = new TransactionLookup(TransactionLookup.Status.SUCCESS, 5, envelope, 6, 6, 1, 0, null,
				0, 0);
		assertThatExceptionOfType(RpcException.class)
			.isThrownBy(() -> new ApprovalReader(NETWORK).read("0".repeat(64), found))
			.withMessageContaining("cannot be read");
	}

	@Test
	void otherTransactionsAreOthers() throws Exception {
		Operation creating = new CreateAccountOperation.Builder(this.payer.getAccountId(), "1").build();
		Operation calling = ContractCall.operation(this.approve.asset(), "transfer", null);
		for (Operation operation : List.of(creating, calling)) {
			Transaction other = transaction(operation);
			assertThat(read(other.hashHex(), other.toEnvelopeXdr().toXdrByteArray()))
				.isInstanceOf(ApprovalLookup.Other.class);
		}
	}

	private ApprovalLookup read(String hash, byte[] envelope) {
		return new ApprovalReader(NETWORK).read(hash, new TransactionLookup(TransactionLookup.Status.SUCCESS, 5,
				Base64.getEncoder().encodeToString(envelope), 6, 6, 1, 0, null, 0, 0));
	}

	private Transaction relayed() {
		InvokeHostFunctionOperation call = this.approve.operation();
		SorobanAuthorizationEntry entry = new SorobanAuthorizationEntry();
		entry.setCredentials(this.credentials);
		entry.setRootInvocation(call.getAuth().get(0).getRootInvocation());
		return transaction(InvokeHostFunctionOperation.builder()
			.hostFunction(call.getHostFunction())
			.auth(List.of(entry))
			.build());
	}

	private Transaction transaction(Operation operation) {
		Transaction transaction = new TransactionBuilder(new Account(this.relay.getAccountId(), 1L), NETWORK)
			.addOperation(operation)
			.setBaseFee(100)
			.setTimeout(100)
			.setSorobanData(new SorobanDataBuilder().setResourceFee(7).build())
			.build();
		transaction.sign(this.relay);
		return transaction;
	}

	private FeeBumpTransaction bump() {
		FeeBumpTransaction bump = FeeBump.of(this.relayed, this.payer.getAccountId(), NETWORK);
		bump.sign(this.payer);
		return bump;
	}

	private static SorobanCredentials credentials(KeyPair owner) {
		SorobanCredentials credentials = new SorobanCredentials();
		credentials.setDiscriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS);
		credentials
			.setAddress(new SorobanAddressCredentials.Builder().address(new Address(owner.getAccountId()).toSCAddress())
				.nonce(new Int64(0x1122334455667788L))
				.signatureExpirationLedger(new Uint32(new XdrUnsignedInteger(900L)))
				.signature(Scv.toVec(List.of()))
				.build());
		return credentials;
	}

	/** The kind is the number before the owner and the nonce. */
	private byte[] withCredentials(byte[] envelope, int kind) throws Exception {
		byte[] wanted = this.credentials.toXdrByteArray();
		for (int at = 0; at + wanted.length <= envelope.length; at += 4) {
			if (Arrays.equals(envelope, at, at + wanted.length, wanted, 0, wanted.length)) {
				return ByteBuffer.wrap(envelope).putInt(at, kind).array();
			}
		}
		throw new AssertionError("no credentials");
	}

	private static String hash(int type, byte[] transaction) {
		return HexFormat.of().formatHex(CallEnvelope.hash(NETWORK, type, transaction));
	}

}
