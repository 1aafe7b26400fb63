package io.github.x402sessions.benchmarks.hot;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.core.scheme.session.SessionKey;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the signature of one call costs its facilitator, by Bouncy Castle as it is done,
 * and by the JDK.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignatureBenchmark {

	private final Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(new byte[32]);

	private final byte[] key = this.secret.generatePublicKey().getEncoded();

	private final SessionKey sessionKey = SessionKey.of(this.key);

	private final PaymentStatement statement = new PaymentStatement("stellar:testnet",
			"CBS7O4K3GAOG7JMNKPOY5DIM7MVTEOISF4OLYXDPUCKAAFHQZKQHLLCM",
			"GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG", "100000",
			"5869c95cbff4ebb20f30a0fd9fb5108f22092770881e73517924b8a9bd507193", "POST",
			"https://shop.example/api/quote", "pay_7d1f3f0e-6a0b-4c52-9f5e-2f1f0a6b8c11", 1_800_000_300L,
			BodyHash.EMPTY);

	private final byte[] signature = signed();

	private final String text = Base64.getUrlEncoder().withoutPadding().encodeToString(this.signature);

	private byte[] signed() {
		byte[] bytes = this.statement.text().getBytes(StandardCharsets.UTF_8);
		Ed25519Signer signer = new Ed25519Signer();
		signer.init(true, this.secret);
		signer.update(bytes, 0, bytes.length);
		return signer.generateSignature();
	}

	/**
	 * Verify as the facilitator does.
	 * @return whether it is genuine
	 */
	@Benchmark
	public boolean byBouncyCastle() {
		byte[] bytes = this.statement.text().getBytes(StandardCharsets.UTF_8);
		Ed25519Signer verifier = new Ed25519Signer();
		verifier.init(false, new Ed25519PublicKeyParameters(this.key));
		verifier.update(bytes, 0, bytes.length);
		return verifier.verifySignature(this.signature);
	}

	/**
	 * Verify with what the JDK has.
	 * @return whether it is genuine
	 */
	@Benchmark
	public boolean byTheJdk() {
		return this.sessionKey.verifies(this.statement.text(), this.text);
	}

}
