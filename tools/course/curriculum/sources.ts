/** The texts that the course follows, by the names under which they are quoted. */
export const SOURCES: Record<string, string> = {
  S0: "Training and Backpropagation (the route map)",
  S1: "Neural Networks Part 2: Backpropagation and Training",
  S2: "The Training Loop",
  S3: "Training & Backpropagation (a primer)",
  S4: "The Learning Problem (backpropagation from scratch)",
};
