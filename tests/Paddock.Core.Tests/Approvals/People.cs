using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Core.Tests.Approvals;

/// <summary>People, and what they ask for.</summary>
internal static class People
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly Approver Dev = Person(1, "dev");
    public static readonly Approver Ada = Person(2, "ada", "leads");
    public static readonly Approver Bob = Person(3, "bob", "leads");
    public static readonly Approver Cleo = Person(4, "cleo", "oncall");

    public static readonly ApprovalChain Leads = new() { Name = "leads", Steps = [new() { AnyOf = new() { Teams = ["leads"] } }] };

    public static Approver Person(int number, string name, params string[] teams) => new(
        new() { Id = PrincipalId.Create(PrincipalKind.User, new(number, 0, 0, new byte[8])), Kind = PrincipalKind.User, Name = name, Teams = [.. teams], CreatedAt = Noon }, ControlRoles.Approver);

    public static ApprovalSubject Push(string command = "git push origin main", string? task = "task_1", Approver? by = null) =>
        ApprovalSubject.OfCommand((by ?? Dev).Principal.Id.Value, "codex", task, "shell", command, "/work")!;

    public static ApprovalRequest Request(ApprovalChain? chain = null, ApprovalSubject? subject = null, Func<ApprovalRequest, ApprovalRequest>? with = null)
    {
        var request = new ApprovalRequest
        {
            Subject = subject ?? Push(),
            Requester = new() { Principal = Dev.Principal.Id },
            Chain = chain ?? Leads,
            Brief = new() { Agent = "codex", Tool = "shell", Command = "git push origin main", Cwd = "/work", Argv = [["git", "push", "origin", "main"]], Repository = "payments", Rule = "git/push" },
            Ttl = TimeSpan.FromMinutes(30),
            UseWithin = TimeSpan.FromMinutes(10),
        };
        return with?.Invoke(request) ?? request;
    }

    public static Approval Opened(ApprovalRequest? request = null) =>
        ((ApprovalOutcome.Changed)ApprovalMachine.Open(request ?? Request(), ApprovalId.Create(new(9, 0, 0, new byte[8])), Noon)).Approval;

    public static ApprovalOutcome Votes(this Approval approval, Approver by, bool approve = true, string? reason = null, bool grant = false, double afterMinutes = 1) =>
        ApprovalMachine.Apply(approval, new ApprovalCommand.Vote(by, approve, reason, grant), Noon.AddMinutes(afterMinutes));

    public static ApprovalOutcome Uses(this Approval approval, ApprovalUse use, double afterMinutes, params Approver[] known) =>
        ApprovalMachine.Apply(approval, new ApprovalCommand.Consume(use, id => known.FirstOrDefault(person => person.Principal.Id == id)), Noon.AddMinutes(afterMinutes));

    public static ApprovalOutcome Lapses(this Approval approval, double afterMinutes) => ApprovalMachine.Apply(approval, new ApprovalCommand.Lapse(), Noon.AddMinutes(afterMinutes));

    public static Approval ShouldBecome(this ApprovalOutcome outcome, ApprovalState state, ApprovalChange what)
    {
        var changed = outcome.ShouldBeOfType<ApprovalOutcome.Changed>();
        changed.What.ShouldBe(what);
        changed.Approval.State.ShouldBe(state);
        return changed.Approval;
    }

    public static void ShouldBeRefused(this ApprovalOutcome outcome, ApprovalRefusal reason) => outcome.ShouldBeOfType<ApprovalOutcome.Refused>().Reason.ShouldBe(reason);
}
