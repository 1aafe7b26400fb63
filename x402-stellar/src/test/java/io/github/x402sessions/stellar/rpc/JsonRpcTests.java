package io.github.x402sessions.stellar.rpc;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.fixtures.FreePort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonRpcTests {

	@Test
	void failureNamesTheServerAndNothingThatMayBeAKey() {
		int port = FreePort.find();
		JsonRpc rpc = new JsonRpc(URI.create("http://user:word@127.0.0.1:" + port + "/key?token=key"),
				Duration.ofSeconds(5));
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> rpc.call("getHealth", null))
			.withMessage("RPC server 127.0.0.1:" + port + " gave no answer: ConnectException (getHealth)");
	}

}
