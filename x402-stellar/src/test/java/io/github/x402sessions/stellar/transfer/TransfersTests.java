package io.github.x402sessions.stellar.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Asset;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.SorobanTransactionData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The spender signs what it built, whatever the node proposes.
 */
class TransfersTests {

	private static final Network NETWORK = Network.TESTNET;

	private final FakeStellarRpc rpc = new FakeStellarRpc();

	private final KeyPair issuer = KeyPair.random();

	private final KeyPair key = KeyPair.random();

	private final AccountKey spender = AccountKey.of(new String(this.key.getSecretSeed()));

	private final LedgerState chain = new LedgerState(this.rpc, NETWORK.getNetworkPassphrase());

	private final Transfers transfers = new Transfers(this.rpc, this.chain, NETWORK.getNetworkPassphrase(),
			this.spender, new FeePolicy(this.rpc, 1_000_000));

	private String usdc;

	private Transfer transfer;

	@BeforeEach
	void issue() throws Exception {
		String name = "USDC:" + this.issuer.getAccountId();
		this.usdc = Asset.create(name).getContractId(NETWORK);
		this.transfer = new Transfer(this.usdc, KeyPair.random().getAccountId(), KeyPair.random().getAccountId(),
				BigInteger.TEN);
		new FakeLedger(this.rpc).token(this.usdc, name, ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET);
		simulates(28_000, expected());
	}

	@Test
	void transactionLandsInNoLedgerAfterTheSessionsLastAndIsSignedByItsChannelToo() throws Exception {
		AccountKey channel = this.spender.derived("channel");
		SignedTransaction signed = this.transfers.sign(this.transfer, channel, 7, 1_045, 900);
		Transaction transaction = (Transaction) Transaction.fromEnvelopeXdr(signed.envelope(), NETWORK);
		assertThat(transaction.getPreconditions().getLedgerBounds().getMaxLedger()).as("exclusive").isEqualTo(901);
		assertThat(transaction.getSourceAccount()).isEqualTo(channel.address());
		assertThat(transaction.getOperations()[0].getSourceAccount()).isEqualTo(this.spender.address());
		assertThat(transaction.getSignatures()).hasSize(2);
		assertThat(new TransferReader().read(signed.envelope())).isEqualTo(this.transfer);
	}

	@Test
	void signsOneCallWithAnAuthorisationOfJustThat() throws Exception {
		SignedTransaction signed = this.transfers.sign(this.transfer, this.spender, 7, 1_045, 900);
		Transaction transaction = (Transaction) Transaction.fromEnvelopeXdr(signed.envelope(), NETWORK);
		assertThat(transaction.hashHex()).isEqualTo(signed.hash());
		assertThat(transaction.getSequenceNumber()).isEqualTo(7);
		assertThat(transaction.getTimeBounds().getMaxTime()).isEqualTo(1_045);
		assertThat(transaction.getFee()).isEqualTo(10_000 + 28_000 * 12 / 10);
		assertThat(
				this.key.verify(transaction.hash(), transaction.getSignatures().get(0).getSignature().getSignature()))
			.isTrue();
		InvokeHostFunctionOperation operation = (InvokeHostFunctionOperation) transaction.getOperations()[0];
		SorobanAuthorizationEntry entry = operation.getAuth().get(0);
		assertThat(operation.getAuth()).hasSize(1);
		assertThat(entry.getCredentials().getDiscriminant())
			.isEqualTo(SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT);
		assertThat(entry.getRootInvocation().getSubInvocations()).isEmpty();
		assertThat(entry.getRootInvocation().getFunction().getContractFn())
			.isEqualTo(operation.getHostFunction().getInvokeContract());
		assertThat(Scv.fromInt128(operation.getHostFunction().getInvokeContract().getArgs()[3]))
			.isEqualTo(BigInteger.TEN);
	}

	@Test
	void proposalToTouchSomebodyElsesMoneyIsNotSigned() {
		LedgerKey victim = LedgerKeys.trustline(KeyPair.random().getAccountId(),
				Asset.create("USDC:" + this.issuer.getAccountId()));
		List<LedgerKey> keys = new ArrayList<>(expected());
		keys.add(victim);
		simulates(28_000, keys);
		assertThatExceptionOfType(RpcException.class).isThrownBy(this::sign).withMessageContaining("touches");
	}

	@Test
	void proposalThatNamesAnEntryTwiceIsNoFailureOfOurs() {
		List<LedgerKey> keys = new ArrayList<>(expected());
		keys.add(keys.get(0));
		simulates(28_000, keys);
		sign();
		assertThat(this.rpc.simulations).isEqualTo(1);
	}

	@Test
	void proposalThatCostsAFortuneIsNotSigned() {
		simulates(1_000_001, expected());
		assertThatExceptionOfType(RpcException.class).isThrownBy(this::sign).withMessageContaining("stroops");
	}

	@Test
	void proposalThatCannotBeReadIsNotSigned() {
		this.rpc.simulation = () -> new Simulation("AAAA", 1, null, 100, List.of());
		assertThatExceptionOfType(RpcException.class).isThrownBy(this::sign);
	}

	@Test
	void resourcesAreAskedForOnceUntilForgotten() {
		sign();
		sign();
		assertThat(this.rpc.simulations).isEqualTo(1);
		this.transfers.forget(this.transfer);
		sign();
		assertThat(this.rpc.simulations).isEqualTo(2);
		this.transfers.forgetAll();
		sign();
		assertThat(this.rpc.simulations).isEqualTo(3);
	}

	@Test
	void firstLineOfTheErrorTellsWhy() {
		this.rpc.simulation = () -> new Simulation(null, 0, "HostError: Error(Contract, #9)\n\nError(Contract, #10)",
				100, List.of());
		assertThatExceptionOfType(TransferFailsException.class).isThrownBy(this::sign)
			.extracting(TransferFailsException::failure)
			.isEqualTo(TransferFailure.ALLOWANCE);
		assertThat(this.transfers.diagnose(this.transfer)).isEqualTo(TransferFailure.ALLOWANCE);
		this.rpc.simulation = () -> new Simulation(null, 0, "HostError: Error(WasmVm, #1)", 100, List.of());
		assertThat(this.transfers.diagnose(this.transfer)).isEqualTo(TransferFailure.OTHER);
	}

	@Test
	void contractThatIsNoStellarAssetIsNone() throws Exception {
		String name = "EVIL:" + this.issuer.getAccountId();
		String evil = Asset.create(name).getContractId(NETWORK);
		new FakeLedger(this.rpc).token(evil, name, ContractExecutableType.CONTRACT_EXECUTABLE_WASM);
		assertThat(this.chain.isStellarAsset(evil)).isFalse();
		assertThat(this.chain.isStellarAsset(this.usdc)).isTrue();
	}

	@Test
	void contractThatOnlyCallsItselfStellarAssetIsNone() throws Exception {
		String evil = Asset.create("EVIL:" + this.issuer.getAccountId()).getContractId(NETWORK);
		new FakeLedger(this.rpc).token(evil, "USDC:" + this.issuer.getAccountId(),
				ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET);
		assertThat(this.chain.isStellarAsset(evil)).isFalse();
	}

	@Test
	void contractThatIsNotThereIsNone() throws Exception {
		assertThat(this.chain.isStellarAsset(Asset.create("native").getContractId(NETWORK))).isFalse();
	}

	private void sign() {
		this.transfers.sign(this.transfer, this.spender, 7, 1_045, 900);
	}

	private List<LedgerKey> expected() {
		Asset asset = Asset.create("USDC:" + this.issuer.getAccountId());
		return List.of(LedgerKeys.allowance(this.usdc, this.transfer.from(), this.spender.address()),
				LedgerKeys.trustline(this.transfer.from(), asset), LedgerKeys.trustline(this.transfer.to(), asset));
	}

	private void simulates(long fee, List<LedgerKey> readWrite) {
		SorobanTransactionData data = new SorobanDataBuilder().setReadOnly(List.of(LedgerKeys.instance(this.usdc)))
			.setReadWrite(readWrite)
			.build();
		this.rpc.simulation = () -> new Simulation(base64(data), fee, null, 100, List.of());
	}

	private static String base64(SorobanTransactionData data) {
		try {
			return data.toXdrBase64();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
