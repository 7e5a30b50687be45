import { testAttempts } from "./test_attempts.ts";

testAttempts("05_mnist_digits");
