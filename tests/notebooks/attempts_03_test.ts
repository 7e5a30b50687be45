import { testAttempts } from "./test_attempts.ts";

testAttempts("03_the_training_loop");
