using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>Whom an action hurts, for whoever has to say yes to it within seconds.</summary>
internal static class StepRisks
{
    public static string Of(StepAction action) => action switch
    {
        StepAction.RouteSwitch => "Another provider answers this route: in other words, and at other prices.",
        StepAction.ProviderAvoid => "Other providers answer, in other words and at other prices; a route that has no other goes on as it is.",
        StepAction.ProviderDisable => "Calls to this provider that run are cut off, and routes that have no other fail.",
        StepAction.CredentialRest => "The provider’s other credentials are used; when it has none, it refuses, and routes that have no other fail.",
        StepAction.CallsShed => "Such calls fail until it ends; agents are told when to come again.",
        StepAction.TasksSmaller => "Larger requests are refused until it ends.",
        StepAction.ToolsReadonly => "Nobody’s agent changes anything until it ends; work stops where it stands.",
        StepAction.ToolsAsk => "Such calls of everybody wait for people, who get that much more to decide.",
        StepAction.ToolDisable => "Every call of this tool is refused, whoever asks.",
        StepAction.PolicyTighten => "What the policy only watched or warned of is refused.",
        StepAction.Contain => "Their calls that run are cut off at once, and new ones are refused.",
        StepAction.PeopleTell => "Every developer reads it in their agent until it ends.",
        StepAction.Notify => "None: people are told.",
        StepAction.Confirm => "None: it only waits. A no takes back what the run did so far.",
        _ => "None: it only looks.",
    };
}
