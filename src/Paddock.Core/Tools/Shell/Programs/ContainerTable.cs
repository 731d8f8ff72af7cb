namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Programs that run commands in containers, clusters and virtual machines.</summary>
internal static class ContainerTable
{
    public const string Lines = """
        docker,podman,nerdctl menu -H:host --host:host -c: --context: --config:path -l: --log-level: -D --debug --tls --tlsverify --tlscacert:read --tlscert:read --tlskey:read -v:asks --version:asks -r --remote --url:host --connection:
        docker run,docker create,podman run,podman create,nerdctl run,docker container run,podman container run step:1 -a: -c: -d -e: -h: -i -l: -m: -p: -P -t -u: -v:mount -w:path -q --add-host: --attach: --cap-add: --cap-drop: --cgroup-parent: --cgroupns: --cidfile:write --cpus: --cpu-shares: --cpuset-cpus: --detach
          --device:path --dns: --entrypoint:dark --env: --env-file:read --expose: --gpus: --group-add: --health-cmd:line --hostname: --init --interactive --ip: --ipc: --isolation: --label: --link: --log-driver: --log-opt: --mac-address: --memory: --mount:mount --name: --network: --net: --no-healthcheck
          --oom-kill-disable --pid: --pids-limit: --platform: --privileged --publish: --publish-all --pull: --quiet --read-only --restart: --rm --runtime: --security-opt: --shm-size: --sig-proxy:maybe --stop-signal: --storage-opt: --sysctl: --tmpfs: --tty --ulimit: --user: --userns: --uts: --volume:mount
          --volumes-from: --workdir:path --pod: --replace
        docker exec,podman exec,nerdctl exec,docker container exec,podman container exec step:1 -d -i -t -e: -u: -w: -l --detach --interactive --tty --env: --env-file:read --user: --workdir: --privileged --detach-keys: --latest
        docker container,podman container,docker image,docker volume,docker network,docker system,docker buildx,docker context menu
        docker compose,docker-compose,podman-compose,podman compose menu -f:read --file:read -p: --project-name: --profile: --env-file:read --project-directory:path --ansi: --progress: --compatibility --version:asks
        docker compose exec,docker-compose exec,podman compose exec,podman-compose exec step:1 -d -T -i -t -e: -u: -w: --index: --privileged --env: --user: --workdir: --no-TTY --no-tty --detach --interactive --tty
        docker compose run,docker-compose run,podman compose run,podman-compose run step:1 -d -T -i -t -e: -l: -p: -u: -v:mount -w: --rm --no-deps --build --name: --entrypoint:dark --env: --env-from-file:read --label: --publish: --service-ports -P --use-aliases --user: --volume:mount --workdir: --no-TTY --detach --quiet-pull
        docker build,podman build,nerdctl build,docker image build,docker buildx build,docker buildx bake tool path -f:read --file:read -t: --tag: --build-arg: -o:write --output:write --target: --platform: --secret:mount --ssh:path --iidfile:write --metadata-file:write --cache-from: --cache-to: --label: --network: --progress:
        docker cp,podman cp,nerdctl cp tool transfer
        docker save,podman save,docker export,podman export tool -o:write --output:write
        docker plugin,docker context create dark
        kubectl,oc,k3s menu -n: --namespace: --context: --kubeconfig:dark --cluster: --user: -s:host --server:host --token: --as: -v: --request-timeout: --insecure-skip-tls-verify --certificate-authority:read
        kubectl exec,oc exec,oc rsh step:1 -c: --container: -i -t -q --stdin --tty --quiet -n: --namespace: --context: --pod-running-timeout: -f:read
        kubectl run,kubectl debug,kubectl plugin,kubectl proxy,kubectl edit,oc debug,oc edit dark
        kubectl apply,kubectl create,kubectl delete,kubectl replace,kubectl diff,kubectl patch,oc apply,oc create tool remote -f:read --filename:read -k:path --kustomize:path -n: --namespace: -l: -o: -p: --patch: --patch-file:read --context: --dry-run:maybe --editor:dark
        kubectl cp,oc cp,oc rsync tool transfer -c: -n: --container: --namespace:
        helm menu -n: --namespace: --kube-context: --kubeconfig:dark --debug
        helm install,helm upgrade,helm template,helm lint tool remote -f:read --values:read --set: --set-file:read --set-string: --version: -n: --namespace: --repo:host --post-renderer:dark --post-renderer-args:dark --output-dir:write
        helm plugin dark
        vagrant menu
        vagrant ssh tool -c:line --command:line
        wsl step +lax +dark -d: --distribution: -u: --user: --cd:path -e --exec
        multipass,lxc,lima,limactl,distrobox,toolbox,machinectl,virsh,orb,colima,qemu-system-x86_64,flatpak,flatpak-spawn,snap dark
        """;
}
