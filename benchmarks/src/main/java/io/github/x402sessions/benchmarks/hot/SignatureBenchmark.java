package io.github.x402sessions.benchmarks.hot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
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
 * Measures the signature of one call at its facilitator, as it is verified there and by
 * the JDK.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignatureBenchmark {

	private static final String ALGORITHM = "Ed25519";

	private static final int KEY_BYTES = 32;

	private final KeyPair pair = pair();

	private final Ed25519.PublicPoint key = key(this.pair.getPublic().getEncoded());

	private final PaymentStatement statement = new PaymentStatement("stellar:testnet",
			"CBS7O4K3GAOG7JMNKPOY5DIM7MVTEOISF4OLYXDPUCKAAFHQZKQHLLCM",
			"GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG", "100000",
			"5869c95cbff4ebb20f30a0fd9fb5108f22092770881e73517924b8a9bd507193", "POST",
			"https://shop.example/api/quote", "pay_7d1f3f0e-6a0b-4c52-9f5e-2f1f0a6b8c11", 1_800_000_300L,
			BodyHash.EMPTY);

	private final byte[] signature = signed();

	private static KeyPair pair() {
		try {
			return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Ed25519.PublicPoint key(byte[] encoded) {
		return Ed25519.validatePublicKeyFullExport(encoded, encoded.length - KEY_BYTES);
	}

	private byte[] signed() {
		try {
			Signature signer = Signature.getInstance(ALGORITHM);
			signer.initSign(this.pair.getPrivate());
			signer.update(this.statement.text().getBytes(StandardCharsets.UTF_8));
			return signer.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Verify as the facilitator does, which keeps the key ready.
	 * @return whether it is genuine
	 */
	@Benchmark
	public boolean byBouncyCastle() {
		byte[] bytes = this.statement.text().getBytes(StandardCharsets.UTF_8);
		return Ed25519.verify(this.signature, 0, this.key, bytes, 0, bytes.length)
				&& Ed25519.validatePublicKeyFull(this.signature, 0);
	}

	/**
	 * Verify with what the JDK has.
	 * @return whether it is genuine
	 * @throws GeneralSecurityException never
	 */
	@Benchmark
	public boolean byTheJdk() throws GeneralSecurityException {
		Signature jdk = Signature.getInstance(ALGORITHM);
		jdk.initVerify(this.pair.getPublic());
		jdk.update(this.statement.text().getBytes(StandardCharsets.UTF_8));
		return jdk.verify(this.signature);
	}

}
