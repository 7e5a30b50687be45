// Tells GitHub Classroom how many points there were, as its own reporter does: in the check run of the job.

/** What GitHub Actions puts into the environment of a step. */
export type ActionsEnvironment = Record<string, string | undefined>;

/** The name that Classroom looks for; the job in points.yml has it. */
export const JOB = "run-autograding-tests";

/**
 * Write the points into the check run of the job that is running.
 *
 * @returns Whether there was such a run; without one, or outside of Actions, nothing is told
 */
export async function reportToClassroom(
  { points, of }: { points: number; of: number },
  env: ActionsEnvironment,
): Promise<boolean> {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_API_URL: api } = env;
  if (!token || !repository || !run || !api) return false;
  const ask = async (url: string, change?: object) => {
    const response = await fetch(url, {
      method: change ? "PATCH" : "GET",
      headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" },
      body: change && JSON.stringify(change),
    });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  const repositoryUrl = `${api}/repos/${repository}`;
  const { check_suite_id: suite } = await ask(`${repositoryUrl}/actions/runs/${run}`);
  const { check_runs: runs } = await ask(
    `${repositoryUrl}/check-suites/${suite}/check-runs?check_name=${JOB}`,
  );
  if (runs.length !== 1) return false;
  const message = `Points ${points}/${of}`;
  const annotation = {
    path: ".github",
    start_line: 1,
    end_line: 1,
    annotation_level: "notice",
    title: "Autograding complete",
    message,
  };
  await ask(`${repositoryUrl}/check-runs/${runs[0].id}`, {
    output: {
      title: "Autograding",
      summary: message,
      text: JSON.stringify({ totalPoints: points, maxPoints: of }),
      annotations: [annotation],
    },
  });
  return true;
}
