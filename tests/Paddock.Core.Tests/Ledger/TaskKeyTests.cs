using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Paddock.Core.Ledger;

namespace Paddock.Core.Tests.Ledger;

public sealed class TaskKeyTests
{
    private static readonly Gen<string> Parts = Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.String[0, 40], Gen.String[Gen.Char.AlphaNumeric, 300, 600]);

    [Fact]
    public void A_task_is_the_hash_of_its_three_parts() => Gen.Select(Parts, Parts, Parts).Sample((principal, agent, native) =>
        TaskKey.Compute(principal, agent, native).ShouldBe("task_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{principal}\0{agent}\0{native}\0")))[..32]));

    [Fact]
    public void One_persons_session_is_never_another_persons_task() => Gen.Select(Parts, Parts, Parts).Where((a, b, _) => a != b).Sample((a, b, native) =>
        TaskKey.Compute(a, "codex", native).ShouldNotBe(TaskKey.Compute(b, "codex", native)));
}
