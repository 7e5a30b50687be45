import { testAttempts } from "./test_attempts.ts";

testAttempts("04_training_in_practice");
