using System.Text;
using Paddock.Core.Approvals;

namespace Paddock.Core.Tests.Approvals;

public class ApprovalSubjectTests
{
    [Fact]
    public void Every_part_counts()
    {
        var digests = new[]
        {
            Command(), Command(principal: "usr_2"), Command(agent: "cline"), Command(task: "task_2"), Command(task: null), Command(tool: "bash"), Command(command: "git push "), Command(cwd: "/tmp"), Command(cwd: null),
        }.Select(subject => subject.Digest).ToArray();

        digests.Distinct().Count().ShouldBe(digests.Length);
    }

    [Fact]
    public void The_same_call_has_the_same_digest_however_its_json_is_written()
    {
        var one = Call("{\"path\":\"a\",\"lines\":[1,2],\"description\":\"edit a\"}");
        var other = Call("{ \"lines\": [1.0, 2], \"path\": \"\\u0061\", \"description\":\"another word for it\" }");

        other.Digest.ShouldBe(one.Digest);
        Call("{\"path\":\"b\",\"lines\":[1,2]}").Digest.ShouldNotBe(one.Digest);
    }

    [Fact]
    public void A_shape_forgets_who_asks_and_in_which_task()
    {
        Command(principal: "usr_2", agent: "cline", task: null).Shape.ShouldBe(Command().Shape);
        Command(command: "git pull").Shape.ShouldNotBe(Command().Shape);
    }

    [Fact]
    public void What_could_be_read_in_two_ways_is_no_subject()
    {
        ApprovalSubject.OfCommand("usr_1", "codex", null, "shell", "echo \ud800", null).ShouldBeNull();
        ApprovalSubject.OfCall("usr_1", "codex", null, "edit", "{\"a\":1,\"a\":2}"u8.ToArray()).ShouldBeNull();
    }

    [Fact]
    public void The_digest_is_that_of_the_canonical_json()
    {
        var canonical = "{\"agent\":\"codex\",\"arguments\":{\"command\":\"git push\",\"cwd\":\"/work\"},\"principal\":\"usr_1\",\"task\":\"task_1\",\"tool\":\"shell\",\"v\":1}";
        var expected = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

        Command().Digest.Value.ShouldBe(expected);
        CanonicalJson.Of(Encoding.UTF8.GetBytes(canonical)).ShouldBe(canonical);
    }

    private static ApprovalSubject Command(string principal = "usr_1", string agent = "codex", string? task = "task_1", string tool = "shell", string command = "git push", string? cwd = "/work") =>
        ApprovalSubject.OfCommand(principal, agent, task, tool, command, cwd).ShouldNotBeNull();

    private static ApprovalSubject Call(string json) => ApprovalSubject.OfCall("usr_1", "codex", null, "edit", Encoding.UTF8.GetBytes(json), ["description"]).ShouldNotBeNull();
}
