using Paddock.Agents.RooCode.Tasks;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.RooCode;

/// <summary>Roo Code and its successor Zoo Code: extension and CLI.</summary>
internal sealed class RooCodeDialect : IAgentDialect
{
    private static readonly string[] products = ["RooCode/", "ZooCode/", "roo-code/", "zoo-code/"];

    // A turn without a tool call is answered by "you did not use a tool"; this tool ends the task, and every mode offers it.
    private static readonly RefusalDress turn = new() { AsTurn = true, ClosingTool = new("attempt_completion", "result") };

    private static readonly RefusalDress turnInTask = turn with { OnlyByTool = true };

    /// <summary>Zoo Code is told apart by nothing that matters here.</summary>
    public const string Name = "roo-code";

    public string Agent => Name;

    public IReadOnlyList<string> OtherNames { get; } = ["zoo-code"];

    /// <summary>Its tool <c>generate_image</c> asks either of them, as somebody chose in its settings. Images by themselves have no price that Paddock knows, and no tokens.</summary>
    public IReadOnlyList<ModelEntrance> Entrances { get; } =
    [
        new("/roo/proxy/v1/chat/completions", Wire.OpenAiChat, Name, CostInUsage: true),
        new("/roo/proxy/v1/images/generations", Wire.OpenAiChat, Name, CostInUsage: false)
        {
            Unserved = "Paddock does not serve this way to make images. Choose a model that answers with images through chat/completions.",
        },
    ];

    public bool ClaimsByTool => true;

    public IReadOnlyDictionary<string, ToolShape> Tools => RooCodeTools.All;

    // A mode without commands still has the tool that ends the task.
    public IReadOnlyList<StandInTool> StandIns { get; } = [new("execute_command", RooCodeTools.All["execute_command"]), new("attempt_completion", null, "result")];

    public bool Recognizes(ICallView call) =>
        IsProduct(call.Header("User-Agent")) || call.Header("X-Roo-App-Version") is not null || call.Header("X-Zoo-Task-ID") is not null;

    public TaskFacts Read(ICallView call) => new()
    {
        Agent = Agent,
        AgentVersion = Said.By(call, "X-Roo-App-Version") ?? Said.By(call, "X-Zoo-Extension-Version") ?? OwnVersion(call.Header("User-Agent")),
        NativeTask = Said.By(call, "X-Roo-Task-ID") ?? Said.By(call, "X-Zoo-Task-ID") ?? Said.By(call, "X-Zoo-Session-ID") ?? Said.By(call, "session_id"),
        Mode = Said.By(call, "X-Zoo-Mode") ?? EnvironmentDetails.ModeOf(call.Part(BodyPart.LastUser)),
    };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => RooCodeResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => RooSignals.Of(one);

    /// <summary>
    /// An unattended Roo Code repeats every non-2xx for ever, from 5 s up to 10 min apart, so a decision about client, task, mode, model or budget is
    /// told as a turn. So is an answer that cannot be passed on, because each try of it costs a whole model call;
    /// but only in a task: a summary or a better prompt that is asked for by itself must not become what is said here.
    /// <para>
    /// Refused keys stay errors: they are found out before the body is read (a stranger costs no memory and gets no 200), each try costs next
    /// to nothing, and once the key is renewed the waiting task goes on. So does a body that was not read, or not to its end (too large,
    /// malformed, in a coding or of a type that is not taken): nobody knows whether a stream was asked for, or which tools end the task.
    /// What passes by itself stays an error too: there the repeating is right. A provider's own errors are the provider's words: by them the
    /// client finds out that its context is too long, and shortens it.
    /// </para>
    /// </summary>
    public RefusalDress Dress(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.StaleClient or RefusalReason.StaleTask or RefusalReason.ModeNotAllowed or RefusalReason.ModelNotAllowed or RefusalReason.ModelUnknown or RefusalReason.NoProvider or RefusalReason.UnpricedModel
            or RefusalReason.BudgetExceeded or RefusalReason.Contained or RefusalReason.TaskTooLarge or RefusalReason.UnsupportedFeature or RefusalReason.ToolNotAllowed => turn,
        RefusalReason.NotEvaluated or RefusalReason.UpstreamEncoding => turnInTask,
        _ => RefusalDress.Usual(refusal),
    };

    private static string? OwnVersion(string? userAgent) => IsProduct(userAgent) ? Said.Version(userAgent) : null;

    private static bool IsProduct(string? userAgent)
    {
        foreach (var product in userAgent is null ? [] : products)
        {
            if (userAgent!.StartsWith(product, StringComparison.Ordinal)) // checked above
            {
                return true;
            }
        }

        return false;
    }
}
