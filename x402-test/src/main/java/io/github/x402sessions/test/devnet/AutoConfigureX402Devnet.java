package io.github.x402sessions.test.devnet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a local ledger and a facilitator on it for a test with {@code @SpringBootTest},
 * and has the application use them: {@code x402.facilitator.url} and {@code x402.pay-to}
 * are set before it starts. Inject the {@link DevnetPayer} to pay for real, the
 * {@link DevnetConnection} to learn who is paid, the
 * {@link io.github.x402sessions.devnet.StellarDevnet} to look at the ledger or to make it
 * fail. All of it belongs to the application's context: test classes that share that
 * share the ledger too, and it ends with the context. {@code facilitator.*} properties of
 * the test are the facilitator's.
 * <p>
 * Takes {@code x402-session-facilitator}, {@code x402-session-client} and
 * {@code x402-stellar-devnet} on the class path of the test.
 *
 * <pre class="code">
 * &#64;SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * &#64;AutoConfigureX402Devnet
 * class TeaTests {
 *
 *     &#64;Test
 *     void isSold(@Autowired DevnetPayer payer, @LocalServerPort int port) throws Exception {
 *         payer.httpClient().send(…);
 *     }
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureX402Devnet {

	/**
	 * The time between ledgers: a settlement waits for the next one.
	 * @return milliseconds, at least 1
	 */
	long ledgerInterval() default 200;

	/**
	 * The USDC that the payer has to begin with.
	 * @return decimal USDC, more than 0
	 */
	String funds() default "100";

}
